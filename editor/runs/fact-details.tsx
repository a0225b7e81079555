import { useTranslation } from "react-i18next";
import type { FactView } from "./fact-words.js";
import { ValueList } from "./value-list.js";

/** What only those need who compare with another system or a log. */
const names = [
  "externalId",
  "action",
  "slot",
  "iteration",
  "code",
  "field",
  "effectId",
  "approvalId",
  "responseId",
  "revisionId",
  "runId",
  "replacedBy",
] as const;

/** The ids of a fact, out of its sentence. */
export function FactDetails({ fact: { seq, kind, nodeId, data } }: { readonly fact: FactView }) {
  const { t } = useTranslation();
  const titles = Object.fromEntries(names.map((name) => [name, t(`factField.${name}`)]));
  const values = Object.fromEntries(names.map((name) => [name, data[name]]));
  return (
    <div className="lw-fact-details">
      <ValueList
        titles={{ seq: t("factField.seq"), kind: t("factField.kind"), nodeId: t("factField.nodeId"), ...titles }}
        values={{ seq, kind, nodeId, ...values }}
      />
    </div>
  );
}
