import { isSameJson } from "../canonical-json.js";
import { nodes } from "../nodes/index.js";
import type { Condition, ConditionGroup, ConditionRow } from "../parts.js";
import type { ConfigOf, DraftNode, NodeType } from "../schema.js";
import type { House } from "./house.js";
import { readAction, readApproval } from "./read-deeds.js";
import { NotSayable, type ReasonCode } from "./reasons.js";
import { rowProblem } from "./subjects.js";
import type { ChoiceStep, Head, Step } from "./tree.js";

/** One node as a line says it: whatever the line would draw differently is thrown out, so that nothing is ever dropped. */

const refuse = (code: ReasonCode, { id }: DraftNode): never => {
  throw new NotSayable(code, id);
};

function read<Type extends NodeType>(type: Type, node: DraftNode): ConfigOf<Type> {
  const config = nodes[type].config.safeParse(node.config);
  if (!config.success) return refuse("unfinished", node);
  // The schema looked up by `type` read this config; the compiler cannot follow that correlation.
  return config.data as ConfigOf<Type>;
}

export function readTrigger(node: DraftNode, house: House): Head {
  const { sources, metrics, when, on, key, purpose, start } = read("trigger", node);
  if (start !== undefined) refuse("start", node);
  if (key !== undefined) refuse("key", node);
  if (purpose !== undefined) refuse("purpose", node);
  if (node.title !== "") refuse("name", node);
  if (!sources.every((id) => isNamed(id, house))) refuse("source", node);
  const head = { sources, metrics, when: when && readGroup(when, node, house), on };
  if (!isSameJson(head, node.config)) refuse("settings", node);
  return head;
}

/** Its name tells it from all others. */
const isNamed = (id: string, { sources }: House): boolean => {
  const name = sources.find((source) => source.id === id)?.name;
  return sources.filter((source) => source.name === name).length === 1;
};

export function readCondition(node: DraftNode, house: House): ChoiceStep["when"] {
  const { when } = read("condition", node);
  if (node.title !== "") refuse("name", node);
  const group = readGroup(when, node, house);
  if (!isSameJson({ when: group }, node.config)) refuse("settings", node);
  return group;
}

function readGroup(when: Condition, node: DraftNode, house: House): ConditionGroup {
  if ("cel" in when) return refuse("expression", node);
  if (when.rows.length === 0) refuse("unfinished", node);
  // A line has no word for "any of one".
  if (when.rows.length === 1 && when.match === "any") refuse("condition", node);
  for (const row of when.rows) checkRow(row, node, house);
  return when;
}

function checkRow(row: ConditionRow | ConditionGroup, node: DraftNode, house: House): void {
  if ("rows" in row) {
    if (row.rows.length < 2) refuse("condition", node);
    for (const inner of row.rows) checkRow(inner, node, house);
    return;
  }
  const problem = rowProblem(row, house);
  if (problem !== null) refuse(problem === "value_missing" ? "unfinished" : "condition", node);
}

/** Any node but triggers and conditions. */
export function readStep(node: DraftNode, house: House): Step {
  switch (node.type) {
    case "action":
      return readAction(node, house);
    case "approval":
      return readApproval(node, house);
    case "wait":
      return readWait(node);
    case "end":
    case "stop":
      return readEnd(node, node.type);
    default:
      return refuse("node_type", node);
  }
}

function readWait(node: DraftNode): Step {
  const config = read("wait", node);
  if (config.mode !== "duration") return refuse("wait_until", node);
  if (node.title !== "") refuse("name", node);
  if (!isSameJson(config, node.config)) refuse("settings", node);
  return { kind: "wait", duration: config.duration };
}

function readEnd(node: DraftNode, kind: "end" | "stop"): Step {
  const config = read(kind, node);
  if (node.title !== "") refuse("name", node);
  if (!isSameJson(config, node.config)) refuse("settings", node);
  return { kind, outcome: isSameJson(config, nodes[kind].defaults) ? null : config.outcome };
}
