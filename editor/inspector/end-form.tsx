import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { asText } from "../ui/read.js";
import { errorAt } from "./form-props.js";
import type { FormProps } from "./form-props.js";

export function EndForm({ node, config, set, errors }: FormProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      data-field="outcome"
      label={t("form.outcome")}
      description={t(node.type === "stop" ? "form.stopText" : "form.outcomeText")}
      withAsterisk
      maxLength={60}
      value={asText(config["outcome"])}
      error={errorAt(errors, "outcome")}
      onChange={(event) => set({ outcome: event.currentTarget.value })}
    />
  );
}
