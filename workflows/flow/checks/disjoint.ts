import type { ConditionRow } from "../parts.js";

const SCORE = "feedback.score";
const CATEGORY = "feedback.category";

/** Only NPS has categories (Reichheld 2003). */
const scoresOf: Readonly<Record<string, readonly [least: number, most: number]>> = {
  detractor: [0, 6],
  passive: [7, 8],
  promoter: [9, 10],
};

/** Each category's scores, and what lies just around every number that is asked for: between two of these nothing changes. */
const EVERY_NPS = Array.from({ length: 11 }, (_, score) => score);
const around = ({ field, value }: ConditionRow): number[] =>
  field === SCORE && typeof value === "number" ? [value - 0.5, value, value + 0.5] : [];

/** Whether no answer can meet both: by its score, its category, or a field that would have to be two things at once. */
export function areDisjoint(one: readonly ConditionRow[], other: readonly ConditionRow[]): boolean {
  const all = [...one, ...other];
  const scores = [...EVERY_NPS, ...all.flatMap(around)];
  if (!scores.some((score) => all.every((row) => allows(row, score)))) return true;
  return one.some((row) => other.some((theirs) => contradict(row, theirs) || contradict(theirs, row)));
}

function allows({ field, operator, value }: ConditionRow, score: number): boolean {
  if (field === CATEGORY && operator === "equals") {
    const [least, most] = scoresOf[String(value)] ?? [-Infinity, Infinity];
    return least <= score && score <= most;
  }
  if (field !== SCORE || typeof value !== "number") return true;
  return comparisons[operator]?.(score, value) ?? true;
}

const comparisons: Readonly<Partial<Record<ConditionRow["operator"], (score: number, value: number) => boolean>>> = {
  equals: (score, value) => score === value,
  notEquals: (score, value) => score !== value,
  lessThan: (score, value) => score < value,
  atMost: (score, value) => score <= value,
  atLeast: (score, value) => score >= value,
  greaterThan: (score, value) => score > value,
};

/** `is key` and `is gold`, `is key` and `is not key`, `is key` and `is empty`. */
function contradict(row: ConditionRow, { field, operator, value }: ConditionRow): boolean {
  if (row.field !== field) return false;
  if (row.operator === "isNotEmpty") return operator === "isEmpty";
  if (row.operator !== "equals") return false;
  if (operator === "equals") return row.value !== value;
  return operator === "isEmpty" || (operator === "notEquals" && row.value === value);
}
