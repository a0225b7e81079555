import type { CompanyAccount } from "../../server/accounts/accounts-api.js";
import {
  FEEDBACK_ATTRIBUTE,
  type RowRule,
  type SegmentCondition,
  type SegmentValue,
} from "../../server/members/rule-api.js";
import type { SourceView } from "../../server/sources/source-api.js";

/** Fields of every response that rows can be told apart by. */
const FIELDS = ["feedback.product", "feedback.language", "feedback.metric", "feedback.domain"];

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};

/** What sources map and accounts have, to pick from; any other attribute can be typed. */
export function knownFields(sources: readonly SourceView[], accounts: readonly CompanyAccount[]): string[] {
  const mapped = sources.flatMap(({ settings }) =>
    Object.keys(asRecord(asRecord(asRecord(settings)["mapping"])["attributes"])),
  );
  const ofAccounts = accounts.flatMap(({ attributes }) => Object.keys(attributes));
  const named = [...mapped.map((name) => FEEDBACK_ATTRIBUTE + name), ...ofAccounts.map((name) => `account.${name}`)];
  return [...new Set([...named.toSorted(), ...FIELDS])];
}

export const textsOf = ({ oneOf }: SegmentCondition): string[] => [...new Set(oneOf.map(String))];

/** What is typed is looked for as text and, where it reads as one, as number or yes and no. */
export const valuesOf = (texts: readonly string[]): SegmentValue[] =>
  texts.flatMap((text): SegmentValue[] => {
    if (text === "true" || text === "false") return [text, text === "true"];
    return text.trim() !== "" && String(Number(text)) === text.trim() ? [text, Number(text)] : [text];
  });

/** A condition without both is one that was never written; a half-written one is refused, because without it more would be seen. */
export const writtenRule = ({ segment, accountIds }: RowRule): RowRule => ({
  segment: segment.filter(({ field, oneOf }) => field.trim() !== "" || oneOf.length > 0),
  accountIds: accountIds && accountIds.length > 0 ? accountIds : null,
});

/** One that sources name by an id alone is told by the end of its own. */
export const accountName = ({ id, name }: CompanyAccount): string => name ?? `…${id.slice(-6)}`;

/** All that stand below, however deep; a ring comes to an end. */
export function accountsBelow(accounts: readonly CompanyAccount[], id: string): CompanyAccount[] {
  const found = new Map<string, CompanyAccount>();
  const look = (above: string): void => {
    for (const account of accounts)
      if (account.parentId === above && account.id !== id && !found.has(account.id)) {
        found.set(account.id, account);
        look(account.id);
      }
  };
  look(id);
  return [...found.values()];
}
