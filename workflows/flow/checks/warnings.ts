import { nodes } from "../nodes/index.js";
import type { Condition, ConditionGroup, ConditionRow } from "../parts.js";
import { problem, type Problem } from "../problem.js";
import type { FlowNode } from "../schema.js";

/** What an author may not have meant. Nothing here keeps a flow from being published. */
export function warningsOf(flowNodes: readonly FlowNode[]): Problem[] {
  const metrics = flowNodes.flatMap((node) => (node.type === "trigger" ? node.config.metrics : []));
  const mayBeNps = metrics.length === 0 || metrics.includes("nps");
  return mayBeNps ? flowNodes.flatMap(leavesOutSixes) : [];
}

const DETRACTOR: ConditionRow = { field: "feedback.category", operator: "equals", value: "detractor" };

/** NPS counts 0 to 6 as detractors (Reichheld 2003), so "below 6" leaves out the sixes. */
function leavesOutSixes(node: FlowNode): Problem[] {
  const uses = nodes[node.type].conditions?.(node.config) ?? [];
  return uses
    .filter(({ condition }) => saysBelowSix(condition))
    .map(({ field }) => ({
      ...problem(node.id, field, "leaves_out_sixes", {
        message:
          "A score below 6 means 0 to 5 and leaves out the sixes, who are detractors too. Did you mean “Detractor (0–6)”?",
        params: { offer: "Detractor (0–6)" },
      }),
      offer: DETRACTOR,
    }));
}

function saysBelowSix(condition: Condition): boolean {
  if ("cel" in condition) return /\bfeedback\.score\s*(<\s*6|<=\s*5)(?![.\d])/.test(condition.cel);
  return rowsOf(condition).some(
    ({ field, operator, value }) =>
      field === "feedback.score" &&
      ((operator === "lessThan" && value === 6) || (operator === "atMost" && value === 5)),
  );
}

const rowsOf = ({ rows }: ConditionGroup): ConditionRow[] =>
  rows.flatMap((row) => ("rows" in row ? rowsOf(row) : [row]));
