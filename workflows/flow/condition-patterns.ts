import type { ExpressionProblem } from "./expression-problem.js";
import type { ConditionGroup, ConditionRow } from "./parts.js";
import { compilePattern } from "./patterns.js";

/** Patterns of the rows that cannot be used. Apart from `checkRows`, because what compiles patterns is large, and a canvas opens without it. */
export const checkPatterns = (group: ConditionGroup, path = ""): ExpressionProblem[] =>
  group.rows.flatMap((row, index) => {
    const at = `${path}${path ? "." : ""}rows[${index}]`;
    return "rows" in row ? checkPatterns(row, at) : checkPattern(row, at);
  });

function checkPattern({ field, operator, value }: ConditionRow, row: string): ExpressionProblem[] {
  if (operator !== "matches" || typeof value !== "string" || value === "") return [];
  const compiled = compilePattern(value);
  if (compiled.ok) return [];
  const message = `This pattern cannot be used: ${compiled.message}`;
  return [{ code: "bad_pattern", message, params: { field, operator }, start: null, end: null, row }];
}
