import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { Part } from "../ui/part.js";
import { RetentionForm } from "./retention-form.js";

export function RetentionSection() {
  const { t } = useTranslation();
  const query = useQuery(queries.retention());
  return (
    <Part title={t("retention.title")} text={t("retention.text")}>
      <Loaded query={query}>{(saved) => <RetentionForm key={JSON.stringify(saved)} saved={saved} />}</Loaded>
    </Part>
  );
}
