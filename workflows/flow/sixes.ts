import type { ConditionRow } from "./parts.js";

/** NPS counts 0 to 6 as detractors (Reichheld 2003), so "below 6" leaves out the sixes. */
export const leavesOutSixes = ({ field, operator, value }: ConditionRow): boolean =>
  field === "feedback.score" && ((operator === "lessThan" && value === 6) || (operator === "atMost" && value === 5));

/** What is meant by it most often. */
export const detractors: ConditionRow = { field: "feedback.category", operator: "equals", value: "detractor" };
