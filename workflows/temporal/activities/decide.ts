import type { Command, RunView } from "../../flow/commands.js";
import { evaluate, wake, type Evaluation, type PlannedEffect, type World } from "../../flow/evaluate.js";
import type { Fact, NewFact } from "../../flow/facts.js";
import { interpret, viewOf, type Interpretation } from "../../flow/interpreter.js";
import { chanceOf } from "../../ledger/chance.js";
import { beginning } from "../../ledger/run-store.js";
import { uuidv7 } from "../../ledger/uuid.js";
import type { ApprovalOpening } from "../../ports.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import { ERASED } from "./give-up.js";
import type { OpenedRun, Snapshot } from "./snapshot.js";

/** What one look at a run leads to, before anything is written. */
export interface Progress {
  readonly facts: readonly NewFact[];
  readonly effects: readonly PlannedEffect[];
  readonly approvals: readonly ApprovalOpening[];
  /** Approvals whose time is up: the row decides whether a click was first. */
  readonly lapsed: readonly { readonly nodeId: string; readonly approvalId: string }[];
  readonly commands: readonly Command[];
  readonly view: RunView;
}

/** `open` unseals the run, where something must be evaluated; null once the person was erased. */
export async function decide(
  dependencies: AdvanceDependencies,
  snapshot: Snapshot,
  open: (snapshot: Snapshot) => Promise<OpenedRun | null>,
): Promise<Progress> {
  const begun = beginning(snapshot.run);
  if (snapshot.effects.some(({ code }) => code === ERASED)) return erased(snapshot, begun);
  const closedFacts = snapshot.stored.map(({ fact }) => fact);
  const closed = settleAll(dependencies, snapshot, { facts: closedFacts, begun, opened: undefined });
  // Asked only now: a timer that has run out may lead to a step that must be evaluated.
  if (!closed.commands.some(({ kind }) => kind === "evaluate")) return closed;
  const opened = await open(snapshot);
  if (opened === null) return erased(snapshot, begun);
  return settleAll(dependencies, snapshot, { facts: opened.facts, begun, opened });
}

/** Plans, decides what can be decided, and plans again, until only the world can go on. Pure but for ids. */
function settleAll(
  dependencies: AdvanceDependencies,
  snapshot: Snapshot,
  start: { facts: readonly Fact[]; begun: readonly NewFact[]; opened: OpenedRun | undefined },
): Progress {
  const made: { facts: NewFact[]; effects: PlannedEffect[]; approvals: ApprovalOpening[] } = {
    facts: [...start.begun],
    effects: [],
    approvals: [],
  };
  for (;;) {
    const facts = number(start.facts, made.facts, snapshot.now);
    const read = interpret(snapshot.flow, facts);
    const evaluations = decisions(dependencies, snapshot, { read, opened: start.opened });
    if (evaluations.length === 0) {
      const { commands } = read;
      return { ...made, lapsed: lapsedOf(commands, snapshot.now), commands, view: read.view() };
    }
    for (const evaluation of evaluations) {
      made.facts.push(...evaluation.facts);
      made.effects.push(...evaluation.effects);
      if (evaluation.approval) made.approvals.push(evaluation.approval);
    }
  }
}

/** What can be decided now: timers that ran out, the end, and, with the run's secrets open, what must be evaluated. */
function decisions(
  dependencies: AdvanceDependencies,
  snapshot: Snapshot,
  { read, opened }: { read: Interpretation; opened: OpenedRun | undefined },
): Evaluation[] {
  const world = opened && worldOf(dependencies, snapshot, opened);
  return read.commands.flatMap((command): Evaluation[] => {
    if (command.kind === "sleep") return onlyFact(wake(command, snapshot.now));
    if (command.kind === "finish")
      return onlyFact({ kind: "finished", nodeId: null, data: { outcome: command.outcome } });
    return command.kind === "evaluate" && world ? [evaluate(read.folded, command, world)] : [];
  });
}

const onlyFact = (fact: NewFact | null): Evaluation[] => (fact ? [{ facts: [fact], effects: [], approval: null }] : []);

function worldOf({ ports, zones }: AdvanceDependencies, { run, now }: Snapshot, { context }: OpenedRun): World {
  return {
    context,
    now,
    zones,
    catalogue: ports.catalogue,
    chance: (nodeId) => chanceOf(drawnBy(run, context), run.flow_id, nodeId),
    newId: uuidv7,
  };
}

/** The same person goes the same way again, but not an employee: many splits in a row would be as good as a name. */
const drawnBy = ({ subject_id, response_id }: Snapshot["run"], { feedback }: OpenedRun["context"]): string =>
  feedback["domain"] === "employee" ? response_id : subject_id;

const lapsedOf = (commands: readonly Command[], now: Date): Progress["lapsed"] =>
  commands.flatMap((command) =>
    command.kind === "await" && new Date(command.expiresAt) <= now
      ? [{ nodeId: command.nodeId, approvalId: command.approvalId }]
      : [],
  );

function erased({ flow, stored, now }: Snapshot, begun: readonly NewFact[]): Progress {
  const facts: NewFact[] = [
    ...begun,
    { kind: "erased", nodeId: null, data: {} },
    { kind: "finished", nodeId: null, data: { outcome: "erased" } },
  ];
  const all = number(
    stored.map(({ fact }) => fact),
    facts,
    now,
  );
  return { facts, effects: [], approvals: [], lapsed: [], commands: [], view: viewOf(flow, all) };
}

function number(facts: readonly Fact[], added: readonly NewFact[], now: Date): Fact[] {
  const at = now.toISOString();
  return [...facts, ...added.map((fact, index): Fact => ({ ...fact, seq: facts.length + index + 1, at }))];
}
