import { useTranslation } from "react-i18next";

/** What an approval gives to later steps; it comes from a person and from no action, so no schema names it. */
const fields = ["decision", "decidedBy", "reason"] as const;

export function useDecisionWords(): Readonly<Record<string, string>> {
  const { t } = useTranslation();
  return Object.fromEntries(fields.map((name) => [name, t(`decisionField.${name}`)]));
}
