import type { NewFact } from "../../flow/facts.js";
import { firstOfEach, groupBy } from "../../flow/group-by.js";
import { barEffects, effectsOfRuns, insertEffects, type EffectRow } from "../../ledger/effect-store.js";
import { flushLater } from "../../ledger/flushed-later.js";
import { heldMoment, type LedgerMoment } from "../../ledger/clock.js";
import { ownerOfRun } from "../../ledger/owner.js";
import { forgottenTime, restorePoints } from "../../ledger/restore.js";
import { appendAll, lockRuns, refOf, type Append, type RunChange, type RunRow } from "../../ledger/run-store.js";
import { transact } from "../../ledger/transact.js";
import type { Tx } from "../../ledger/tx.js";
import type { ExecutionPorts } from "../../ports.js";
import type { Next } from "../messages.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import type { Progress } from "./decide.js";
import { dueAtOf, isAtRest, nextOf, type Picture, type Timing } from "./next.js";
import type { Snapshot } from "./snapshot.js";
import { wakeWaiting } from "./wake-waiting.js";

/** One look at a run, to be written if the run has not moved since. */
export interface Look {
  readonly snapshot: Snapshot;
  readonly progress: Progress;
  readonly by: Looker;
}

/** A driver stays with the run; the lane goes as far as it goes at once, and whoever finds the run due looks again. */
export type Looker = "driver" | "lane";

/** The picture, and the effects that were planned in it. */
export interface Seen {
  readonly next: Next;
  /** Nothing of it is in hand or in the air: only time, a person or the outside can move it. */
  readonly rests: boolean;
  /** What it planned just now, by id. */
  readonly planned: ReadonlyMap<string, EffectRow>;
}

/**
 * Writes each run's part whole or not at all, in one transaction, in the order given: null where the run must be looked at again,
 * because it moved meanwhile or by what was written.
 */
export async function commitAll(dependencies: AdvanceDependencies, looks: readonly Look[]): Promise<(Seen | null)[]> {
  const writings = await transact(dependencies.db, (tx) => writeAll(tx, dependencies, looks));
  for (const { run, change } of writings.values())
    if (change.facts.length > 0 || run.halted_since) dependencies.ports.changed(run.workspace_id, "run", [run.id]);
  const over = [...writings.values()].filter(({ change }) => change.finished);
  await wakeWaiting(
    dependencies,
    over.map(({ run }) => run),
  );
  return looks.map((look) => writings.get(look)?.seen ?? null);
}

async function writeAll(
  tx: Tx,
  dependencies: AdvanceDependencies,
  looks: readonly Look[],
): Promise<ReadonlyMap<Look, Writing>> {
  const { ports, timing, installationId } = dependencies;
  // People who were asked may be told at once that it is too late; all else is for the claims that follow, which wait for the disk.
  if (!looks.some(({ snapshot, progress }) => hasAsked(snapshot, progress))) await flushLater(tx);
  const locked = await lockRuns(
    tx,
    looks.map(({ snapshot }) => snapshot.run.id),
  );
  const unmoved = [...firstOfEach(looks, ({ snapshot }) => snapshot.run.id).values()].filter(({ snapshot: { run } }) =>
    isUnmoved(run, locked.get(run.id)),
  );
  const expired = new Map<Look, NewFact[]>();
  for (const look of unmoved) expired.set(look, await tellFeatures(tx, ports, look));
  const planned = await insertEffects(tx, { sealer: ports.sealer, installationId }, await plansOf(tx, ports, unmoved));
  await barEffects(
    tx,
    unmoved.flatMap(({ progress }) => barredBy(progress)),
  );
  const byRun = groupBy(planned, ({ owner_id }) => owner_id);
  const moment = await heldMoment(tx);
  const pictureOf = await picturesOf(tx, ports, { looks: unmoved, planned: byRun, moment });
  const writings = new Map<Look, Writing>();
  for (const look of unmoved) {
    const own = byRun.get(look.snapshot.run.id) ?? [];
    const from = { expired: expired.get(look) ?? [], planned: own, timing };
    writings.set(look, writingOf(look, pictureOf(look), from));
  }
  await appendAll(tx, ports.sealer, [...writings.values()]);
  for (const look of unmoved) await reportStuck(tx, ports, look, locked.get(look.snapshot.run.id));
  return writings;
}

/** The lock is `run.seq`: whoever appended since the snapshot was read was first. */
const isUnmoved = ({ seq }: RunRow, now: RunRow | undefined): boolean =>
  now !== undefined && !now.finished_at && now.seq === seq;

/** What approvals must know of it, in the same transaction. Answers the facts of those whose time is up. */
async function tellFeatures(tx: Tx, ports: ExecutionPorts, { snapshot, progress }: Look): Promise<NewFact[]> {
  const { run } = snapshot;
  const expired = await expire(tx, ports, progress.lapsed);
  for (const approval of progress.approvals) await ports.openApproval(tx, refOf(run), approval);
  if (hasAsked(snapshot, progress)) await ports.withdrawApprovals(tx, run.id, awaitedBy(progress));
  return expired;
}

/** What each run plans; whether it may have been done in a time that nobody remembers is asked only where something is planned. */
async function plansOf(tx: Tx, ports: ExecutionPorts, looks: readonly Look[]) {
  const planning = looks.filter(({ progress }) => progress.effects.length > 0);
  const points = planning.length > 0 ? await restorePoints(tx) : [];
  return Promise.all(
    planning.map(async ({ snapshot: { run }, progress: { effects } }) => ({
      owner: ownerOfRun(run),
      effects,
      forgotten: await forgottenTime(points, async () => (await ports.eventTime(tx, refOf(run))) ?? run.created_at),
    })),
  );
}

interface Writing extends Append {
  readonly seen: Seen | null;
}

function writingOf(
  { snapshot: { run }, progress, by }: Look,
  picture: Picture,
  { expired, planned, timing }: { expired: readonly NewFact[]; planned: readonly EffectRow[]; timing: Timing },
): Writing {
  const facts = [...progress.facts, ...expired];
  const again = expired.length > 0 || isUndecided(progress) || hasUnsentBarred(picture);
  const isOver = facts.some(({ kind }) => kind === "finished");
  const change: RunChange = {
    facts,
    state: progress.view.state,
    outcome: progress.view.outcome,
    dueAt: again ? "now" : isOver ? "infinity" : dueOf(picture, { by, timing }),
    finished: isOver,
    driven: by === "driver",
    advanced: true,
  };
  if (again) return { run, change, seen: null };
  const byId = new Map(planned.map((row) => [row.id, row]));
  return { run, change, seen: { next: nextOf(picture, timing), rests: isAtRest(picture), planned: byId } };
}

/** What the lane has in hand comes back to the dispatcher when its lease would have ended: it has no driver that anybody would miss. */
function dueOf(picture: Picture, { by, timing }: { readonly by: Looker; readonly timing: Timing }): Date | "infinity" {
  const due = dueAtOf(picture, timing);
  if (by === "driver" || isAtRest(picture)) return due ?? "infinity";
  return new Date(Math.min(due?.getTime() ?? Infinity, picture.now.getTime() + timing.leaseMs));
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

interface Seeing {
  readonly looks: readonly Look[];
  readonly planned: ReadonlyMap<string, EffectRow[]>;
  readonly moment: LedgerMoment;
}

/**
 * Effects may have been claimed or put back since the snapshot without a fact: they are read again under the runs' locks, and so is what holds
 * them: nobody lets them go on meanwhile without finding them. Where nothing is open any more none is looked at.
 */
async function picturesOf(
  tx: Tx,
  ports: ExecutionPorts,
  { looks, planned, moment }: Seeing,
): Promise<(look: Look) => Picture> {
  const known = looks.flatMap(({ snapshot: { run, effects }, progress: { commands } }) =>
    effects.length > 0 && commands.length > 0 ? [run.id] : [],
  );
  const earlier = known.length > 0 ? await effectsOfRuns(tx, known) : new Map<string, EffectRow[]>();
  const effectsOf = ({ snapshot: { run } }: Look) => earlier.get(run.id) ?? planned.get(run.id) ?? [];
  const ids = new Set(looks.flatMap(effectsOf).flatMap(({ connection_id }) => (connection_id ? [connection_id] : [])));
  const connections = ids.size > 0 ? await ports.connectionBriefs(tx, [...ids]) : [];
  return (look) => {
    const { view, commands } = look.progress;
    return { ...moment, view, commands, effects: effectsOf(look), connections };
  };
}

async function expire(tx: Tx, ports: ExecutionPorts, lapsed: Progress["lapsed"]): Promise<NewFact[]> {
  const facts: NewFact[] = [];
  for (const { nodeId, approvalId } of lapsed) {
    if (await ports.expireApproval(tx, approvalId))
      facts.push({ kind: "decided", nodeId, data: { approvalId, output: "expired", by: null } });
  }
  return facts;
}

/** Tells of a step that is stuck now and was not before: a look beside this one may have written so, without a fact that moved the run. */
async function reportStuck(
  tx: Tx,
  ports: ExecutionPorts,
  { snapshot: { run }, progress }: Look,
  before: RunRow | undefined,
): Promise<void> {
  const wasStuck = before?.state === "stuck" && before.halted_since === null;
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
