import { sql, type Selectable } from "kysely";
import type { PlannedEffect } from "../flow/evaluate.js";
import type { Sealer } from "../ports.js";
import { effectKey } from "./effect-key.js";
import type { RunRow } from "./run-store.js";
import type { EffectTable, LedgerTables } from "./tables.js";
import type { Reader, Tx } from "./tx.js";

export type EffectRow = Selectable<EffectTable>;

export const requestPlace = (effectId: string): string => `effect.request|${effectId}`;
export const messagePlace = (effectId: string): string => `effect.message|${effectId}`;

export async function effectsOf(reader: Reader, runId: string): Promise<EffectRow[]> {
  const query = reader.withTables<LedgerTables>().selectFrom("effect").selectAll().where("owner_kind", "=", "run");
  return query.where("owner_id", "=", runId).orderBy("id").execute();
}

export async function findEffect(reader: Reader, effectId: string): Promise<EffectRow | undefined> {
  return reader.withTables<LedgerTables>().selectFrom("effect").selectAll().where("id", "=", effectId).executeTakeFirst();
}

export async function lockEffect(tx: Tx, effectId: string): Promise<EffectRow | undefined> {
  const query = tx.withTables<LedgerTables>().selectFrom("effect").selectAll().where("id", "=", effectId);
  return query.forUpdate().executeTakeFirst();
}

/** Stores planned effects with their rendered requests, in the transaction that records their `planned` facts. */
export async function insertEffects(
  tx: Tx,
  { sealer, installationId }: { sealer: Sealer; installationId: string },
  { run, effects }: { run: RunRow; effects: readonly PlannedEffect[] },
): Promise<void> {
  if (effects.length === 0) return;
  const requests = await sealer.seal(
    tx,
    effects.map(({ effectId, input }) => ({ subjectId: run.subject_id, place: requestPlace(effectId), value: input })),
  );
  const rows = effects.map((effect, index) => ({
    id: effect.effectId,
    workspace_id: run.workspace_id,
    owner_kind: "run" as const,
    owner_id: run.id,
    node_id: effect.nodeId,
    slot: effect.slot,
    iteration: effect.iteration,
    key: effectKey({ installationId, runKey: run.key, ...effect }),
    action: effect.action,
    connection_id: effect.connectionId,
    state: "intent" as const,
    request: requests[index] ?? null,
    on_ambiguous: effect.onAmbiguous,
    closing: effect.closing,
    retry_until: effect.retryUntil,
    created_at: sql<Date>`lw_now()`,
  }));
  await tx.withTables<LedgerTables>().insertInto("effect").values(rows).execute();
}
