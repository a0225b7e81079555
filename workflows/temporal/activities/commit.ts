import type { NewFact } from "../../flow/facts.js";
import { barEffects, effectsOf, insertEffects, type ForgottenTime } from "../../ledger/effect-store.js";
import { ownerOfRun } from "../../ledger/owner.js";
import { forgottenTime } from "../../ledger/restore.js";
import { appendFacts, lockRun, refOf, type RunRow } from "../../ledger/run-store.js";
import { transact } from "../../ledger/transact.js";
import type { Tx } from "../../ledger/tx.js";
import type { ExecutionPorts } from "../../ports.js";
import type { Next } from "../messages.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import type { Progress } from "./decide.js";
import { dueAtOf, nextOf, type Picture } from "./next.js";
import type { Snapshot } from "./snapshot.js";

/** Writes all of it or nothing: null when the run moved meanwhile, or moved on by what was written, and must be looked at again. */
export async function commit(
  dependencies: AdvanceDependencies,
  snapshot: Snapshot,
  progress: Progress,
): Promise<Next | null> {
  const written = await transact(dependencies.db, (tx) => write(tx, dependencies, { snapshot, progress }));
  if (written?.moved) dependencies.ports.changed(snapshot.run.workspace_id, "run", [snapshot.run.id]);
  return written && !written.again ? written.next : null;
}

interface Written {
  readonly again: boolean;
  readonly next: Next;
  readonly moved: boolean;
}

async function write(
  tx: Tx,
  { ports, timing, installationId }: AdvanceDependencies,
  { snapshot, progress }: { snapshot: Snapshot; progress: Progress },
): Promise<Written | null> {
  const run = await lockUnmoved(tx, snapshot.run);
  if (!run) return null;
  const expired = await expire(tx, ports, progress.lapsed);
  for (const approval of progress.approvals) await ports.openApproval(tx, refOf(run), approval);
  const forgotten = await forgottenOf(tx, ports, { run, progress });
  const planned = { owner: ownerOfRun(run), effects: progress.effects, forgotten };
  await insertEffects(tx, { sealer: ports.sealer, installationId }, planned);
  await barEffects(tx, barredBy(progress));
  if (hasAsked(snapshot, progress)) await ports.withdrawApprovals(tx, run.id, awaitedBy(progress));
  const picture = await pictureOf(tx, ports, { snapshot, progress });
  const facts = [...progress.facts, ...expired];
  const again = expired.length > 0 || isUndecided(progress) || hasUnsentBarred(picture);
  await appendFacts(tx, ports.sealer, run, {
    facts,
    state: progress.view.state,
    outcome: progress.view.outcome,
    dueAt: again ? "now" : ((isOver(progress) ? null : dueAtOf(picture, timing)) ?? "infinity"),
    finished: isOver(progress),
    driven: !run.driven,
    advanced: run.halted_since !== null,
  });
  await reportStuck(tx, ports, { snapshot, progress });
  return { again, next: nextOf(picture, timing), moved: facts.length > 0 || run.halted_since !== null };
}

/** The lock is `run.seq`: whoever appended since the snapshot was read was first. */
async function lockUnmoved(tx: Tx, { id, seq }: RunRow): Promise<RunRow | null> {
  const run = await lockRun(tx, id);
  return run && !run.finished_at && run.seq === seq ? run : null;
}

/** Asked only where something is planned. */
async function forgottenOf(
  tx: Tx,
  ports: ExecutionPorts,
  { run, progress }: { run: RunRow; progress: Progress },
): Promise<ForgottenTime | null> {
  if (progress.effects.length === 0) return null;
  return forgottenTime(tx, async () => (await ports.eventTime(tx, refOf(run))) ?? run.created_at);
}

/** What the plan went past: to be looked up if it is in the air, else ended unsent. */
const barredBy = ({ commands }: Progress): string[] =>
  commands.flatMap((command) => (command.kind === "perform" && command.lookUpOnly ? [command.effectId] : []));

const hasAsked = ({ stored }: Snapshot, { facts }: Progress): boolean =>
  facts.some(({ kind }) => kind === "asked") || stored.some(({ fact }) => fact.kind === "asked");

const awaitedBy = ({ commands }: Progress): string[] =>
  commands.flatMap((command) => (command.kind === "await" ? [command.approvalId] : []));

const hasUnsentBarred = ({ effects }: Picture): boolean =>
  effects.some(({ state, barred }) => state === "intent" && barred);

/** What became ready only while deciding, with nothing unsealed to decide it by: the next look unseals. */
const isUndecided = ({ commands }: Progress): boolean => commands.some(({ kind }) => kind === "evaluate");

const isOver = ({ facts }: Progress): boolean => facts.some(({ kind }) => kind === "finished");

async function pictureOf(
  tx: Tx,
  ports: ExecutionPorts,
  { snapshot, progress }: { snapshot: Snapshot; progress: Progress },
): Promise<Picture> {
  const effects = await effectsOf(tx, { kind: "run", id: snapshot.run.id });
  const ids = new Set(effects.flatMap(({ connection_id }) => (connection_id ? [connection_id] : [])));
  const connections = ids.size > 0 ? await ports.connectionBriefs(tx, [...ids]) : [];
  const { now, standsStill } = snapshot;
  return { now, standsStill, view: progress.view, commands: progress.commands, effects, connections };
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
  const { run } = snapshot;
  const wasStuck = run.state === "stuck" && run.halted_since === null;
  if (progress.view.state !== "stuck" || wasStuck) return;
  const step = Object.values(progress.view.steps).find(({ state }) => state === "stuck");
  await ports.incident(tx, {
    workspaceId: run.workspace_id,
    kind: "run_stuck",
    about: { kind: "run", id: run.id },
    nodeId: step?.nodeId ?? null,
    code: step?.stuck?.code ?? "stuck",
  });
}
