import { sql } from "kysely";
import { cancelRun } from "../../workflows/ledger/cancel.js";
import { lockRuns } from "../../workflows/ledger/run-store.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import type { Reader, Tx } from "../db/database.js";
import type { ErasureRow } from "./erasure-tables.js";

export interface Settling {
  /** Cancelled now: their drivers are to be told after the commit. */
  readonly cancelled: readonly string[];
  /** Not finished yet. */
  readonly open: number;
  /** Calls in the air. */
  readonly inTheAir: number;
}

/** Nothing new is sent for them, and what is in the air is let come down. May be repeated. */
export async function settleRuns(
  tx: Tx,
  ports: Pick<ExecutionPorts, "sealer" | "withdrawApprovals">,
  erasure: ErasureRow,
): Promise<Settling> {
  const runs = [...(await lockRuns(tx, await runsOf(tx, erasure))).values()];
  const open = runs.filter(({ finished_at }) => finished_at === null);
  const running = open.filter(({ state }) => state !== "cancelled");
  for (const run of running) await cancelRun(tx, ports, run, { by: erasure.id });
  return {
    cancelled: running.map(({ id }) => id),
    open: open.length,
    inTheAir: await claimsOf(
      tx,
      runs.map(({ id }) => id),
    ),
  };
}

export async function runsOf(reader: Reader, { contact_ids, response_ids }: ErasureRow): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select run.id from run join response on response.id = run.response_id
    where response.contact_id = any(${contact_ids}::uuid[]) or response.id = any(${response_ids}::uuid[])
    order by run.id`.execute(reader);
  return rows.map(({ id }) => id);
}

async function claimsOf(tx: Tx, runIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from effect
    where owner_kind = 'run' and owner_id = any(${runIds}::uuid[]) and state = 'sending' and claimed_until > lw_now()`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}
