import type { Catalogue, FlowContext, Zones } from "./catalogue.js";
import type { Command } from "./commands.js";
import { contextAt } from "./context.js";
import type { Evaluation } from "./evaluation.js";
import { compileCondition } from "./expression.js";
import type { NewFact } from "./facts.js";
import { fieldsAt } from "./field-flow.js";
import type { Folded } from "./folded.js";
import type { NodeRecord } from "./node-record.js";
import { EvaluationError, type AskedApproval, type NodeWorld } from "./node-type.js";
import { nodes } from "./nodes/index.js";
import type { Condition, NodeId } from "./parts.js";
import { judgedBy } from "./judged-by.js";
import { maskEmployees } from "./mask-employees.js";
import { maskTyped } from "./mask-typed.js";
import { maskPersonalData } from "./personal-data.js";
import { compileTemplate, fieldsOf } from "./template.js";
import { readPath } from "./values.js";

export type { Evaluation, PlannedEffect } from "./evaluation.js";

export interface World {
  readonly context: FlowContext;
  /** The shell's one clock; conditions and templates read it as `now`. */
  readonly now: Date;
  readonly zones: Zones;
  readonly catalogue: Catalogue;
  /** In [0, 1), by contact and node, so that the same person goes the same way again; of employees by response and node. */
  readonly chance: (nodeId: NodeId) => number;
  readonly newId: () => string;
}

type Evaluate = Extract<Command, { kind: "evaluate" }>;

/**
 * Decides one `evaluate` command into facts and what they stand for. Never throws: what cannot be judged or rendered becomes a
 * `stuck` fact with its code, field and (sealed) message.
 */
export function evaluate(folded: Folded, command: Evaluate, world: World): Evaluation {
  try {
    const node = folded.graph.node(command.nodeId);
    const run = node && nodes[node.type].evaluate;
    if (!run) throw new EvaluationError("nothing_to_do", null, "This step has nothing to evaluate.");
    const { facts: made, effects = [], approval = null } = run(node.config, nodeWorld(folded, command, world));
    return { facts: made, effects, approval };
  } catch (error) {
    return { facts: [stuckFact(command.nodeId, error)], effects: [], approval: null };
  }
}

type Sleep = Extract<Command, { kind: "sleep" }>;

/** The fact of a wait whose time has come; null while it has not. */
export function wake({ nodeId, until }: Sleep, now: Date): NewFact | null {
  return now.getTime() >= Date.parse(until) ? { kind: "woke", nodeId, data: {} } : null;
}

/** What a node's evaluation may use, where it stands. */
export function nodeWorld(
  folded: Folded,
  { nodeId, slot, iteration }: Pick<Evaluate, "nodeId" | "slot" | "iteration">,
  world: World,
): NodeWorld {
  const { now, zones, catalogue, newId } = world;
  const record = folded.record(nodeId);
  const judged = contextAt(folded, nodeId, judgedBy(world.context), now);
  const worded = (shows: boolean) => contextAt(folded, nodeId, maskEmployees(world.context, shows), now);
  return {
    nodeId,
    slot,
    iteration,
    now,
    zones,
    catalogue,
    newId,
    runUrl: world.context.run.url,
    chance: () => world.chance(nodeId),
    test: (condition, field) => judge(condition, field, { folded, nodeId, catalogue, context: judged }),
    render: (template, field) => renderText(template, field, worded(false)),
    renderMasked: (template, field) => renderMasked(template, field, worded(false)),
    renderShown: (template, field) => renderText(template, field, worded(true)),
    replacedInput: record.replacedInput,
    approval: approvalOf(record, folded),
  };
}

interface Place {
  readonly folded: Folded;
  readonly nodeId: NodeId;
  readonly catalogue: Catalogue;
  readonly context: Readonly<Record<string, unknown>>;
}

function judge(condition: Condition, field: string, { folded, nodeId, catalogue, context }: Place): boolean {
  const compiled = compileCondition(condition, fieldsAt(folded.flow, nodeId, catalogue));
  if (!compiled.ok) {
    const [problem] = compiled.problems;
    throw new EvaluationError(problem?.code ?? "expression_failed", field, problem?.message ?? "");
  }
  const judged = compiled.test(context);
  if (!judged.ok) throw new EvaluationError(judged.code, judged.field ?? field, judged.message, judged.field);
  return judged.value;
}

function renderText(template: string, field: string, context: Readonly<Record<string, unknown>>): string {
  const compiled = compileTemplate(template);
  if (!compiled.ok) throw new EvaluationError("template_syntax", field, compiled.problems[0]?.message ?? "");
  const rendered = compiled.render(context);
  if (!rendered.ok) throw new EvaluationError(rendered.code, field, rendered.message, rendered.field);
  return rendered.text;
}

/** The contact's own, where the text names them. */
const SHOWN_BY_NAME = ["contact.email", "contact.phone"];

/** Masked twice: what is put in, before filters cut it, and the whole, where two halves may have met. */
function renderMasked(template: string, field: string, context: Readonly<Record<string, unknown>>): string {
  const paths = fieldsOf(template);
  const kept = SHOWN_BY_NAME.filter((path) => paths.includes(path))
    .map((path) => readPath(context, path))
    .filter((value) => typeof value === "string");
  const typed = paths.filter((path) => !SHOWN_BY_NAME.includes(path));
  return maskPersonalData(renderText(template, field, maskTyped(context, typed, kept)), kept);
}

function approvalOf(record: NodeRecord, { closing }: Folded): AskedApproval | null {
  if (!record.asked) return null;
  const card = record.effects.findLast((effect) => !effect.closing && effect.state === "done");
  const withdrawn = { output: "withdrawn", by: closing?.by ?? null, at: closing?.at ?? "", reason: null };
  const decision = record.decision ?? (closing ? withdrawn : null);
  return { ...record.asked, card: card?.output ?? null, decision };
}

function stuckFact(nodeId: NodeId, error: unknown): NewFact {
  const known = error instanceof EvaluationError;
  const message = error instanceof Error ? error.message : String(error);
  const { code, field } = known ? error : { code: "evaluation_failed", field: null };
  return { kind: "stuck", nodeId, data: { code, field }, sealed: { message } };
}
