import { plan, viewOf } from "../../flow/interpreter.js";
import { evaluate, wake, type Evaluation, type PlannedEffect, type World } from "../../flow/evaluate.js";
import type { Command, RunView } from "../../flow/commands.js";
import type { Zones } from "../../flow/catalogue.js";
import { SEMANTICS, type Fact, type NewFact } from "../../flow/facts.js";
import { effectsOf, insertEffects } from "../../ledger/effect-store.js";
import { ownerOfRun, type Owner } from "../../ledger/owner.js";
import { appendFacts, lockRun, refOf, type RunRow } from "../../ledger/run-store.js";
import { transact } from "../../ledger/transact.js";
import type { Db, Tx } from "../../ledger/tx.js";
import { uuidv7 } from "../../ledger/uuid.js";
import type { ApprovalOpening, ExecutionPorts } from "../../ports.js";
import type { Next } from "../messages.js";
import { dropUnsent, giveUp } from "./give-up.js";
import { dueAtOf, nextOf, type Picture, type Timing } from "./next.js";
import { chanceOf, openRun, readSnapshot, type OpenedRun, type Snapshot } from "./snapshot.js";

export interface AdvanceDependencies {
  readonly db: Db;
  readonly ports: ExecutionPorts;
  readonly installationId: string;
  readonly zones: Zones;
  readonly timing: Timing;
}

export interface AdvanceActivities {
  /** Plans and appends until nothing can be decided any more; answers the whole picture. */
  advance(runId: string, gaveUp: readonly string[]): Promise<Next>;
}

export const DONE: Next = { finished: true, state: "", open: [], start: [], waitMs: 1_000 };

export const createAdvance = (dependencies: AdvanceDependencies): AdvanceActivities => ({
  async advance(runId, gaveUp) {
    await giveUp(dependencies, { kind: "run", id: runId }, gaveUp);
    for (;;) {
      const snapshot = await readSnapshot(dependencies.db, dependencies.ports, runId);
      if (!snapshot) return DONE;
      if (await dropUnsent(dependencies, snapshot)) continue;
      const progress = await decide(dependencies, snapshot);
      const next = await commit(dependencies, snapshot, progress);
      if (next) return next;
    }
  },
});

/** What one look at a run leads to, before anything is written. */
interface Progress {
  readonly facts: readonly NewFact[];
  readonly effects: readonly PlannedEffect[];
  readonly approvals: readonly ApprovalOpening[];
  /** Approvals whose time is up: the row decides whether a click was first. */
  readonly lapsed: readonly { readonly nodeId: string; readonly approvalId: string }[];
  readonly commands: readonly Command[];
  readonly view: RunView;
}

async function decide(dependencies: AdvanceDependencies, snapshot: Snapshot): Promise<Progress> {
  const begun = begin(snapshot);
  const closedFacts = snapshot.stored.map(({ fact }) => fact);
  const needsContext = plan(snapshot.flow, number(closedFacts, begun, snapshot.now)).some(({ kind }) => kind === "evaluate");
  const opened = needsContext ? await openRun(dependencies.db, dependencies.ports, snapshot) : undefined;
  if (opened === null) return erased(snapshot, begun);
  return settleAll(dependencies, snapshot, { facts: opened?.facts ?? closedFacts, begun, opened });
}

const begin = ({ run, stored }: Snapshot): NewFact[] =>
  stored.length > 0
    ? []
    : [
        {
          kind: "started",
          nodeId: null,
          data: { semantics: SEMANTICS, responseId: run.response_id, revisionId: run.revision_id },
        },
      ];

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
    const commands = plan(snapshot.flow, facts);
    const evaluations = commands.flatMap((command) => decideOne(dependencies, snapshot, { command, facts, start }));
    if (evaluations.length === 0) {
      return { ...made, lapsed: lapsedOf(commands, snapshot.now), commands, view: viewOf(snapshot.flow, facts) };
    }
    for (const evaluation of evaluations) {
      made.facts.push(...evaluation.facts);
      made.effects.push(...evaluation.effects);
      if (evaluation.approval) made.approvals.push(evaluation.approval);
    }
  }
}

function decideOne(
  { ports, zones }: AdvanceDependencies,
  { run, flow, now }: Snapshot,
  { command, facts, start }: { command: Command; facts: readonly Fact[]; start: { opened: OpenedRun | undefined } },
): Evaluation[] {
  const only = (fact: NewFact): Evaluation[] => [{ facts: [fact], effects: [], approval: null }];
  if (command.kind === "sleep") {
    const woke = wake(command, now);
    return woke ? only(woke) : [];
  }
  if (command.kind === "finish")
    return only({ kind: "finished", nodeId: null, data: { outcome: command.outcome } });
  if (command.kind !== "evaluate" || !start.opened) return [];
  const world: World = {
    context: start.opened.context,
    now,
    zones,
    catalogue: ports.catalogue,
    chance: (nodeId) => chanceOf(run.subject_id, run.flow_id, nodeId),
    newId: uuidv7,
  };
  return [evaluate(flow, facts, command, world)];
}

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
  const all = number(stored.map(({ fact }) => fact), facts, now);
  return { facts, effects: [], approvals: [], lapsed: [], commands: [], view: viewOf(flow, all) };
}

function number(facts: readonly Fact[], added: readonly NewFact[], now: Date): Fact[] {
  const at = now.toISOString();
  return [...facts, ...added.map((fact, index): Fact => ({ ...fact, seq: facts.length + index + 1, at }))];
}

/** Writes all of it or nothing: null when the run moved meanwhile, or moved on by what was written, and must be looked at again. */
async function commit(dependencies: AdvanceDependencies, snapshot: Snapshot, progress: Progress): Promise<Next | null> {
  const { db, ports, timing } = dependencies;
  const written = await transact(db, async (tx) => {
    const run = await lockRun(tx, snapshot.run.id);
    if (!run || run.finished_at || run.seq !== snapshot.run.seq) return null;
    const expired = await expire(tx, ports, progress.lapsed);
    for (const approval of progress.approvals) await ports.openApproval(tx, refOf(run), approval);
    await insertEffects(tx, { sealer: ports.sealer, installationId: dependencies.installationId }, { owner: lockedOwner(run), effects: progress.effects });
    const picture = await pictureOf(tx, ports, { snapshot, progress });
    const dueAt = dueAtOf(picture, timing);
    const facts = [...progress.facts, ...expired];
    await appendFacts(tx, ports.sealer, run, {
      facts,
      state: progress.view.state,
      outcome: progress.view.outcome,
      dueAt: isOver(progress) ? "infinity" : expired.length > 0 ? "now" : (dueAt ?? "infinity"),
      finished: isOver(progress),
      driven: !run.driven,
    });
    await reportStuck(tx, ports, { snapshot, progress });
    return { again: expired.length > 0, next: nextOf(picture, timing), moved: facts.length > 0 };
  });
  if (written?.moved) ports.changed(snapshot.run.workspace_id, "run", [snapshot.run.id]);
  return written && !written.again ? written.next : null;
}

function lockedOwner(run: RunRow): Owner {
  const owner = ownerOfRun(run);
  if (!owner) throw new Error("a run is its own owner");
  return owner;
}

const isOver = ({ facts }: Progress): boolean => facts.some(({ kind }) => kind === "finished");

async function pictureOf(
  tx: Tx,
  ports: ExecutionPorts,
  { snapshot, progress }: { snapshot: Snapshot; progress: Progress },
): Promise<Picture> {
  const effects = await effectsOf(tx, { kind: "run", id: snapshot.run.id });
  const ids = new Set(effects.flatMap(({ connection_id }) => (connection_id ? [connection_id] : [])));
  const connections = ids.size > 0 ? await ports.connectionBriefs(tx, [...ids]) : [];
  return { now: snapshot.now, view: progress.view, commands: progress.commands, effects, connections };
}

async function expire(tx: Tx, ports: ExecutionPorts, lapsed: Progress["lapsed"]): Promise<NewFact[]> {
  const facts: NewFact[] = [];
  for (const { nodeId, approvalId } of lapsed) {
    if (await ports.expireApproval(tx, approvalId))
      facts.push({ kind: "decided", nodeId, data: { approvalId, output: "expired", by: null } });
  }
  return facts;
}

/** Tells of a step that is stuck now and was not before. */
async function reportStuck(
  tx: Tx,
  ports: ExecutionPorts,
  { snapshot, progress }: { snapshot: Snapshot; progress: Progress },
): Promise<void> {
  if (progress.view.state !== "stuck" || snapshot.run.state === "stuck") return;
  const step = Object.values(progress.view.steps).find(({ state }) => state === "stuck");
  await ports.incident(tx, {
    workspaceId: snapshot.run.workspace_id,
    kind: "run_stuck",
    about: { kind: "run", id: snapshot.run.id },
    nodeId: step?.nodeId ?? null,
    code: step?.stuck?.code ?? "stuck",
  });
}
