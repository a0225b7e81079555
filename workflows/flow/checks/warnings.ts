import { minutesOf } from "../cron.js";
import { nodes } from "../nodes/index.js";
import type { Condition, ConditionGroup, ConditionRow } from "../parts.js";
import { problem, type Problem } from "../problem.js";
import type { FlowNode } from "../schema.js";
import { beyondRange, scoresCalled } from "../score-ranges.js";
import { detractors, leavesOutSixes } from "../sixes.js";

/** What an author may not have meant. Nothing here keeps a flow from being published. */
export function warningsOf(flowNodes: readonly FlowNode[]): Problem[] {
  const metrics = flowNodes.flatMap((node) => (node.type === "trigger" ? node.config.metrics : []));
  const mayBeNps = metrics.length === 0 || metrics.includes("nps");
  return [
    ...flowNodes.flatMap(startsOften),
    ...flowNodes.flatMap((node) => scoresBeyond(node, metrics)),
    ...(mayBeNps ? flowNodes.flatMap(sixesLeftOut) : []),
  ];
}

function scoresBeyond(node: FlowNode, metrics: readonly string[]): Problem[] {
  const uses = nodes[node.type].conditions?.(node.config) ?? [];
  return uses.flatMap(({ field, condition }) => {
    const rows = "cel" in condition ? [] : rowsOf(condition);
    return rows.flatMap((row) => {
      const range = beyondRange(row, metrics);
      if (!range) return [];
      const params = { value: String(row.value), scores: scoresCalled(metrics), ...range };
      const message = `No answer has a score of ${params.value}: ${params.scores} goes from ${range.least} to ${range.most}.`;
      return [problem(node.id, field, "score_out_of_range", { message, params })];
    });
  });
}

/** Every quarter of an hour is often enough for what anybody reads. */
const OFTEN = 96;

function startsOften(node: FlowNode): Problem[] {
  if (node.type !== "trigger" || node.config.start?.kind !== "schedule") return [];
  const times = minutesOf(node.config.start.cron).length;
  if (times <= OFTEN) return [];
  const message = `This flow starts ${times.toLocaleString("en")} times a day. Is that what you mean?`;
  return [problem(node.id, "start.cron", "starts_often", { message, params: { times } })];
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
