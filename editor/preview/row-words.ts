import type { ConditionRow } from "../../workflows/flow/schema.js";
import { dayOnly, formatNumber } from "../ui/format.js";

type Value = string | number | boolean | undefined;

interface Words {
  readonly missing: string;
  readonly yes: string;
  readonly no: string;
  readonly language: string;
}

/** Comparisons that everybody reads; the others stand in words right above. */
const signs: Partial<Record<ConditionRow["operator"], string>> = {
  equals: "=",
  notEquals: "≠",
  lessThan: "<",
  atMost: "≤",
  atLeast: "≥",
  greaterThan: ">",
};

const FEW = 40;

/** "3 ≤ 6: yes", "“The export fails”: no". */
export function rowWords(
  { operator, value: against }: Pick<ConditionRow, "operator" | "value">,
  value: Value,
  { missing, yes, no, language }: Words,
): (holds: boolean) => { readonly label: string; readonly text: string } {
  const shown = (one: ConditionRow["value"] | undefined): string => {
    if (typeof one === "number") return formatNumber(one, language);
    if (typeof one === "boolean") return one ? yes : no;
    if (typeof one !== "string") return missing;
    if (/^\d{4}-\d\d-\d\d(T|$)/.test(one)) return dayOnly(one, language);
    return `“${one.length > FEW ? `${one.slice(0, FEW)}…` : one}”`;
  };
  const sign = signs[operator];
  const label = sign === undefined || value === undefined ? shown(value) : `${shown(value)} ${sign} ${shown(against)}`;
  return (holds) => ({ label, text: (holds ? yes : no).toLowerCase() });
}
