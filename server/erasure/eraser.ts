import { sql } from "kysely";
import { runInBackground, type Background } from "../../workflows/background.js";
import { databaseNow } from "../../workflows/ledger/clock.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import { audit } from "../audit/audit.js";
import type { Reader, Tx } from "../db/database.js";
import { holdsOn } from "../holds/held.js";
import { keepHolds } from "../holds/hold-lock.js";
import type { Signer } from "../privacy/signer.js";
import type { Vault } from "../privacy/vault.js";
import { deleteRows, lockResponses } from "./delete-rows.js";
import { eraseCopies } from "./erase-copies.js";
import type { EraseCopyDependencies } from "./erase-copy.js";
import {
  copiesOf,
  freeze,
  leaseErasure,
  lockPeople,
  lookAgain,
  settleAnew,
  sinceBegun,
  stepDone,
} from "./erasure-store.js";
import type { ErasureRow } from "./erasure-tables.js";
import { listCopies } from "./list-copies.js";
import { receiptBody, signReceipt } from "./receipt.js";
import { settleRuns } from "./settle-runs.js";
import type { Tombstones } from "./tombstones.js";

export interface EraserDependencies extends EraseCopyDependencies {
  readonly ports: Pick<ExecutionPorts, "openConnections" | "sealer" | "withdrawApprovals" | "wake" | "changed">;
  readonly vault: Vault;
  readonly tombstones: Tombstones;
  readonly signer: Signer;
  /** Deletes the workflow execution of a run, if there is one. */
  readonly deleteExecution: (runId: string) => Promise<void>;
}

const SETTLING_MS = 1_000;
/** Runs that cannot end by then (a card whose connection is broken) are not waited for: without their keys they say nothing. */
const SETTLE_AT_MOST_MS = 30_000;

/** Takes what was asked to be forgotten one step further at a time; each step may be repeated. */
export const startEraser = (
  own: EraserDependencies & { readonly everyMs: number; readonly onError: (error: unknown) => void },
): Background => runInBackground({ everyMs: own.everyMs, onError: own.onError, turn: createErasing(own) });

/** One turn; false: nothing was due. */
export const createErasing = (dependencies: EraserDependencies) => async (): Promise<boolean> => {
  const erasure = await transact(dependencies.db, leaseErasure);
  if (!erasure) return false;
  await stepOf(erasure)(dependencies, erasure);
  return true;
};

type Step = (dependencies: EraserDependencies, erasure: ErasureRow) => Promise<unknown>;

function stepOf(erasure: ErasureRow): Step {
  if (!erasure.settled_at) return settle;
  if (!erasure.copies_at) return askForCopies;
  if (!erasure.rows_at) return forget;
  return erasure.traces_at ? finish : deleteTraces;
}

/** Freezes: no run of theirs sends anything more. Once nothing is in the air, the copies to be called back are noted. */
async function settle({ db, ports }: EraserDependencies, erasure: ErasureRow): Promise<void> {
  const overdue = (await sinceBegun(db, erasure)) > SETTLE_AT_MOST_MS;
  const settling = await transact(db, async (tx) => {
    await freeze(tx, erasure);
    const runs = await settleRuns(tx, ports, erasure);
    const isSettled = runs.inTheAir === 0 && (runs.open === 0 || overdue);
    if (!isSettled) await lookAgain(tx, erasure.id, SETTLING_MS);
    else {
      await listCopies(tx, erasure);
      await stepDone(tx, erasure.id, "settled_at");
    }
    return runs;
  });
  for (const runId of settling.cancelled) ports.wake(runId);
  ports.changed(erasure.workspace_id, "run", settling.cancelled);
}

async function askForCopies(dependencies: EraserDependencies, erasure: ErasureRow): Promise<void> {
  const { allTried } = await eraseCopies(dependencies, erasure);
  await (allTried ? stepDone(dependencies.db, erasure.id, "copies_at") : lookAgain(dependencies.db, erasure.id, 0));
}

/**
 * The tombstone first: a crash in between leaves a word too much, which does no harm. Who said something more meanwhile has new runs, which
 * are settled first; what those have sent already is called back first.
 */
async function forget({ db, vault, ports, tombstones }: EraserDependencies, erasure: ErasureRow): Promise<void> {
  const { id: erasureId, workspace_id: workspaceId, subject_ids: subjectIds } = erasure;
  if (await isHeld(db, erasureId)) return;
  await tombstones.add({ erasureId, workspaceId, subjectIds });
  await transact(db, async (tx) => {
    await keepHolds(tx, workspaceId);
    if (await isHeld(tx, erasureId)) return undefined;
    await standStill(tx, erasure);
    const { cancelled, inTheAir } = await settleRuns(tx, ports, erasure);
    if (cancelled.length > 0 || inTheAir > 0) return settleAnew(tx, erasureId);
    if ((await listCopies(tx, erasure)) > 0) return settleAnew(tx, erasureId);
    const deleted = await deleteRows(tx, vault, erasure);
    await sql`update erasure set deleted = ${JSON.stringify(deleted)}::jsonb where id = ${erasureId}`.execute(tx);
    return stepDone(tx, erasureId, "rows_at");
  });
}

/** As ingest locks: what is said, then who says it. Whoever stored something of theirs has ended by then; it is theirs as well. */
async function standStill(tx: Tx, erasure: ErasureRow): Promise<void> {
  await lockResponses(tx, erasure);
  await lockPeople(tx, erasure);
  await lockResponses(tx, erasure);
}

/** Since the step was taken in hand. Once it is lifted, the step is taken again. */
const isHeld = async (reader: Reader, erasureId: string): Promise<boolean> =>
  (await holdsOn(reader, [erasureId])).length > 0;

async function deleteTraces({ db, deleteExecution }: EraserDependencies, erasure: ErasureRow): Promise<void> {
  const { rows } = await sql<{ run_id: string }>`
    select run_id from erasure_trace where erasure_id = ${erasure.id} limit 100`.execute(db);
  for (const { run_id } of rows) {
    await deleteExecution(run_id);
    await sql`delete from erasure_trace where erasure_id = ${erasure.id} and run_id = ${run_id}`.execute(db);
  }
  await (rows.length === 0 ? stepDone(db, erasure.id, "traces_at") : lookAgain(db, erasure.id, 0));
}

/** Copies that were not to be had are tried again; once none is open, the receipt is signed. */
async function finish(dependencies: EraserDependencies, erasure: ErasureRow): Promise<void> {
  const { db, signer } = dependencies;
  const { open } = await eraseCopies(dependencies, erasure);
  if (open > 0) {
    await lookAgain(db, erasure.id, SETTLING_MS * 5);
    return;
  }
  await transact(db, async (tx) => {
    const doneAt = await databaseNow(tx);
    const receipt = signReceipt(signer, receiptBody(erasure, await copiesOf(tx, [erasure.id]), doneAt));
    await sql`
      update erasure set done_at = ${doneAt}, due_at = 'infinity', receipt = ${JSON.stringify(receipt)}::jsonb
      where id = ${erasure.id}`.execute(tx);
    await tellAudit(tx, erasure);
  });
}

const tellAudit = (tx: Tx, { id, workspace_id: workspaceId, deleted }: ErasureRow): Promise<void> =>
  audit(tx, {
    workspaceId,
    actor: { kind: "system", id: null },
    action: "erasure.done",
    target: { kind: "erasure", id },
    data: { contacts: deleted["contact"] ?? 0, responses: deleted["response"] ?? 0, runs: deleted["run"] ?? 0 },
  });
