import { nodes } from "../nodes/index.js";
import type { Condition, ConditionGroup, ConditionRow } from "../parts.js";
import { problem, type Problem } from "../problem.js";
import type { FlowNode } from "../schema.js";
import { detractors, leavesOutSixes } from "../sixes.js";

/** What an author may not have meant. Nothing here keeps a flow from being published. */
export function warningsOf(flowNodes: readonly FlowNode[]): Problem[] {
  const metrics = flowNodes.flatMap((node) => (node.type === "trigger" ? node.config.metrics : []));
  const mayBeNps = metrics.length === 0 || metrics.includes("nps");
  return mayBeNps ? flowNodes.flatMap(sixesLeftOut) : [];
}

function sixesLeftOut(node: FlowNode): Problem[] {
  const uses = nodes[node.type].conditions?.(node.config) ?? [];
  return uses
    .filter(({ condition }) => saysBelowSix(condition))
    .map(({ field }) => ({
      ...problem(node.id, field, "leaves_out_sixes", {
        message:
          "A score below 6 means 0 to 5 and leaves out the sixes, who are detractors too. Did you mean “Detractor (0–6)”?",
        params: { offer: "Detractor (0–6)" },
      }),
      offer: detractors,
    }));
}

function saysBelowSix(condition: Condition): boolean {
  if ("cel" in condition) return /\bfeedback\.score\s*(<\s*6|<=\s*5)(?![.\d])/.test(condition.cel);
  return rowsOf(condition).some(leavesOutSixes);
}

const rowsOf = ({ rows }: ConditionGroup): ConditionRow[] =>
  rows.flatMap((row) => ("rows" in row ? rowsOf(row) : [row]));
