import { sql } from "kysely";
import { lockEffect } from "./effect-store.js";
import type { LedgerTables } from "./tables.js";
import type { Tx } from "./tx.js";

/**
 * Opens an effect that was parked in doubt: as after a worker that died, so that whoever claims it looks first. Its window of doubt
 * begins anew, and it is tried for `forMs` from now. Without a token nothing but success is accepted from earlier attempts. Answers
 * until when it is tried; null where it is not in doubt any more. The caller holds its owner's lock.
 */
export async function reopenEffect(
  tx: Tx,
  { effectId, forMs }: { readonly effectId: string; readonly forMs: number },
): Promise<Date | null> {
  const effect = await lockEffect(tx, effectId);
  if (effect?.state !== "ambiguous") return null;
  const { retry_until } = await tx
    .withTables<LedgerTables>()
    .updateTable("effect")
    // Read once: two readings differ by some microseconds.
    .from(sql<{ now: Date }>`(select lw_now() as now)`.as("clock"))
    .set({
      state: "sending",
      token: null,
      claimed_until: null,
      not_before: null,
      doubt_since: sql<Date>`clock.now`,
      retry_until: sql<Date>`greatest(retry_until, clock.now + ${forMs} * interval '1 millisecond')`,
      settled_at: null,
    })
    .where("id", "=", effectId)
    .returning("retry_until")
    .executeTakeFirstOrThrow();
  return retry_until;
}
