import { List } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Withheld } from "../../server/feedback/feedback-api.js";
import { Hint } from "../ui/hint.js";
import { useRelation } from "./use-relation.js";

/** Why some of what employees said is not here. */
export function WithheldHint({ withheld }: { readonly withheld: readonly Withheld[] }) {
  const { t } = useTranslation();
  const relationOf = useRelation();
  const [first] = withheld;
  if (!first) return null;
  return (
    <Hint tone="waiting" title={t("employees.withheld")}>
      {t("employees.withheldText", { count: first.atLeast })}
      <List fz="sm" mt={4}>
        {withheld.map(({ sourceId, sourceName, relation, missing }) => (
          <List.Item key={`${sourceId} ${relation ?? ""}`}>
            {t(`employees.missing.${missing}`, {
              source: [sourceName, relationOf(relation)].filter(Boolean).join(", "),
            })}
          </List.Item>
        ))}
      </List>
    </Hint>
  );
}
