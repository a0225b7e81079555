import type { Command, RunState, RunView, Step, StepState } from "./commands.js";
import type { Fact } from "./facts.js";
import { fold, type Folded } from "./fold.js";
import type { NodeRecord } from "./node-record.js";
import { nodes } from "./nodes/index.js";
import type { NodeId } from "./parts.js";
import { propagate, reachedOutcome, type Turn } from "./propagate.js";
import type { FlowNode, PublishedFlow } from "./schema.js";

/** What facts say of a run, folded once. */
export interface Interpretation {
  readonly folded: Folded;
  /**
   * Every command that is open, in topological order: a function of the flow and the facts alone. The shell does what is new
   * and cancels what is no longer there. Nothing before `started`, nothing after `finished` or `erased`.
   */
  readonly commands: readonly Command[];
  /** The run as people see it. */
  readonly view: () => RunView;
}

export function interpret(flow: PublishedFlow, facts: readonly Fact[]): Interpretation {
  const folded = fold(flow, facts);
  const turns = propagate(folded);
  const commands = commandsOf(folded, turns);
  return { folded, commands, view: () => viewed({ folded, turns, commands }) };
}

export const plan = (flow: PublishedFlow, facts: readonly Fact[]): readonly Command[] =>
  interpret(flow, facts).commands;
export const viewOf = (flow: PublishedFlow, facts: readonly Fact[]): RunView => interpret(flow, facts).view();

interface Known {
  readonly folded: Folded;
  readonly turns: ReadonlyMap<NodeId, Turn>;
  readonly commands: readonly Command[];
}

function viewed(known: Known): RunView {
  const { folded, turns } = known;
  const steps = folded.flow.nodes.map((node): [NodeId, Step] => [node.id, stepOf(node, folded, turns)]);
  return { state: runState(known), outcome: folded.outcome, steps: Object.fromEntries(steps) };
}

function commandsOf(folded: Folded, turns: ReadonlyMap<NodeId, Turn>): Command[] {
  if (!folded.started || folded.outcome !== null) return [];
  const commands = folded.flow.nodes.flatMap((node) => nodeCommands(node, folded, turns));
  const open = folded.flow.nodes.some(({ id }) => turns.get(id) === "ready");
  if (commands.length > 0 || open) return commands;
  return [{ kind: "finish", outcome: outcomeOf(folded, turns) }];
}

function nodeCommands({ id }: FlowNode, folded: Folded, turns: ReadonlyMap<NodeId, Turn>): Command[] {
  const record = folded.record(id);
  const open = turns.get(id) === "ready";
  return [
    ...(open ? stepCommands(id, record) : []),
    ...effectCommands(id, record, !open),
    ...closingCommands(id, folded),
  ];
}

function stepCommands(nodeId: NodeId, { todo, until, asked }: NodeRecord): Command[] {
  const commands: Command[] = [];
  if (todo) commands.push({ kind: "evaluate", nodeId, ...todo });
  if (until !== null) commands.push({ kind: "sleep", nodeId, until });
  if (asked) commands.push({ kind: "await", nodeId, approvalId: asked.approvalId, expiresAt: asked.expiresAt });
  return commands;
}

function effectCommands(nodeId: NodeId, { effects }: NodeRecord, over: boolean): Command[] {
  const open = effects.filter(({ state }) => state === "open");
  return open.map(({ slot, iteration, effectId, closing }) => ({
    kind: "perform",
    nodeId,
    slot,
    iteration,
    effectId,
    closing,
    lookUpOnly: over && !closing,
  }));
}

/** What people were shown is put right once it was shown and the step is over, however it ended. */
function closingCommands(nodeId: NodeId, { record: recordOf, closing }: Folded): Command[] {
  const { asked, effects, output, closingGivenUp } = recordOf(nodeId);
  const over = output !== null || closing !== null;
  const shown = effects.some((effect) => !effect.closing && effect.state === "done");
  const planned = effects.some((effect) => effect.closing);
  if (!asked || !over || !shown || planned || closingGivenUp) return [];
  return [{ kind: "evaluate", nodeId, slot: "decision", iteration: 0 }];
}

function outcomeOf(folded: Folded, turns: ReadonlyMap<NodeId, Turn>): string {
  return folded.closing?.outcome ?? reachedOutcome(folded, turns) ?? "done";
}

function runState({ folded, turns, commands }: Known): RunState {
  if (folded.erased) return "finished";
  if (folded.closing?.kind === "cancelled") return "cancelled";
  if (folded.outcome !== null) return "finished";
  if (!folded.started) return "queued";
  const stuck = folded.flow.nodes.some(({ id }) => turns.get(id) === "ready" && folded.record(id).stuck);
  if (stuck) return "stuck";
  const waits = commands.every(({ kind }) => kind === "sleep" || kind === "await");
  return waits ? "waiting" : "running";
}

function stepOf({ id }: FlowNode, folded: Folded, turns: ReadonlyMap<NodeId, Turn>): Step {
  const record = folded.record(id);
  const state = stepState(record, turns.get(id) ?? "pending");
  const { iteration } = record;
  const output = state === "done" || state === "failed" || state === "skipped" ? takenBy(id, folded) : null;
  return { nodeId: id, state, output, iteration, stuck: state === "stuck" ? (record.stuck ?? doubtOf(record)) : null };
}

function takenBy(id: NodeId, { graph, record }: Folded): string | null {
  const node = graph.node(id);
  if (!node || !nodes[node.type].passes) return record(id).output;
  return nodes[node.type].ends ? null : "next";
}

function stepState(record: NodeRecord, turn: Turn): StepState {
  if (turn === "pending") return "pending";
  if (turn === "settled") return record.how ?? "done";
  if (turn === "dead") return lateState(record);
  if (record.stuck) return "stuck";
  const busy = record.todo ?? record.effects.some(({ state }) => state === "open");
  return busy ? "running" : "waiting";
}

const lateStates = { open: "running", done: "done", failed: "failed", ambiguous: "stuck" } as const;

/** A step that the end of the run cut short shows what became of its effect. */
function lateState({ effects }: NodeRecord): StepState {
  const last = effects.findLast(({ closing, slot }) => !closing && slot === "main");
  return last ? lateStates[last.state] : "dead";
}

function doubtOf({ effects }: NodeRecord): Step["stuck"] {
  const doubtful = effects.findLast(({ state }) => state === "ambiguous");
  if (!doubtful) return null;
  const { code, slot, iteration } = doubtful;
  return { code: code ?? "in_doubt", field: null, inDoubt: true, slot, iteration };
}
