import type { NewFact } from "../../flow/facts.js";
import { barEffects, effectsOf, insertEffects } from "../../ledger/effect-store.js";
import { ownerOfRun, type Owner } from "../../ledger/owner.js";
import { appendFacts, lockRun, refOf, type RunRow } from "../../ledger/run-store.js";
import { transact } from "../../ledger/transact.js";
import type { Tx } from "../../ledger/tx.js";
import type { ExecutionPorts } from "../../ports.js";
import type { Next } from "../messages.js";
import type { AdvanceDependencies } from "./advance.js";
import type { Progress } from "./decide.js";
import { dueAtOf, nextOf, type Picture } from "./next.js";
import type { Snapshot } from "./snapshot.js";

/** Writes all of it or nothing: null when the run moved meanwhile, or moved on by what was written, and must be looked at again. */
export async function commit(
  dependencies: AdvanceDependencies,
  snapshot: Snapshot,
  progress: Progress,
): Promise<Next | null> {
  const { db, ports, timing } = dependencies;
  const written = await transact(db, async (tx) => {
    const run = await lockRun(tx, snapshot.run.id);
    if (!run || run.finished_at || run.seq !== snapshot.run.seq) return null;
    const expired = await expire(tx, ports, progress.lapsed);
    for (const approval of progress.approvals) await ports.openApproval(tx, refOf(run), approval);
    await insertEffects(
      tx,
      { sealer: ports.sealer, installationId: dependencies.installationId },
      { owner: lockedOwner(run), effects: progress.effects },
    );
    await barEffects(tx, barredBy(progress));
    const picture = await pictureOf(tx, ports, { snapshot, progress });
    const dueAt = dueAtOf(picture, timing);
    const facts = [...progress.facts, ...expired];
    const again = expired.length > 0 || isUndecided(progress) || hasUnsentBarred(picture);
    await appendFacts(tx, ports.sealer, run, {
      facts,
      state: progress.view.state,
      outcome: progress.view.outcome,
      dueAt: again ? "now" : isOver(progress) ? "infinity" : (dueAt ?? "infinity"),
      finished: isOver(progress),
      driven: !run.driven,
    });
    await reportStuck(tx, ports, { snapshot, progress });
    return { again, next: nextOf(picture, timing), moved: facts.length > 0 };
  });
  if (written?.moved) ports.changed(snapshot.run.workspace_id, "run", [snapshot.run.id]);
  return written && !written.again ? written.next : null;
}

function lockedOwner(run: RunRow): Owner {
  const owner = ownerOfRun(run);
  if (!owner) throw new Error("a run is its own owner");
  return owner;
}

/** What the plan went past: to be looked up if it is in the air, else ended unsent. */
const barredBy = ({ commands }: Progress): string[] =>
  commands.flatMap((command) => (command.kind === "perform" && command.lookUpOnly ? [command.effectId] : []));

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
