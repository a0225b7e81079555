import { useTranslation } from "react-i18next";

/** An approval's card has fields that no form shows, so no schema names them. */
const fields = [
  "channel",
  "ts",
  "approvalId",
  "title",
  "text",
  "approveLabel",
  "rejectLabel",
  "runUrl",
  "decision",
  "decidedBy",
  "decidedAt",
  "reason",
] as const;

export function useCardWords(): Readonly<Record<string, string>> {
  const { t } = useTranslation();
  return Object.fromEntries(fields.map((name) => [name, t(`cardField.${name}`)]));
}
