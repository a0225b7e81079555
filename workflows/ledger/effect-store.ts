import { sql, type Selectable } from "kysely";
import type { PlannedEffect } from "../flow/evaluate.js";
import type { Sealer } from "../ports.js";
import { effectKey } from "./effect-key.js";
import type { Owner, OwnerRef } from "./owner.js";
import type { EffectTable, LedgerTables } from "./tables.js";
import type { Reader, Tx } from "./tx.js";

export type EffectRow = Selectable<EffectTable>;

export const requestPlace = (effectId: string): string => `effect.request|${effectId}`;
export const messagePlace = (effectId: string): string => `effect.message|${effectId}`;

export async function effectsOf(reader: Reader, { kind, id }: OwnerRef): Promise<EffectRow[]> {
  const query = reader.withTables<LedgerTables>().selectFrom("effect").selectAll().where("owner_kind", "=", kind);
  return query.where("owner_id", "=", id).orderBy("id").execute();
}

export async function findEffect(reader: Reader, effectId: string): Promise<EffectRow | undefined> {
  return reader
    .withTables<LedgerTables>()
    .selectFrom("effect")
    .selectAll()
    .where("id", "=", effectId)
    .executeTakeFirst();
}

export async function lockEffect(tx: Tx, effectId: string): Promise<EffectRow | undefined> {
  const query = tx.withTables<LedgerTables>().selectFrom("effect").selectAll().where("id", "=", effectId);
  return query.forUpdate().executeTakeFirst();
}

/** From here on these may only be looked up; the caller holds the owner's lock. */
export async function barEffects(tx: Tx, effectIds: readonly string[]): Promise<void> {
  if (effectIds.length === 0) return;
  const db = tx.withTables<LedgerTables>();
  await db
    .updateTable("effect")
    .set({ barred: true })
    .where("id", "in", [...effectIds])
    .where("barred", "=", false)
    .execute();
}

/** A time of which a restored database remembers nothing (`forgottenTime`). */
export interface ForgottenTime {
  readonly from: Date;
  readonly until: Date;
}

interface Planned {
  readonly owner: Owner;
  readonly effects: readonly PlannedEffect[];
  /** Each may have been sent in this time, so each begins in doubt: it is looked up before anything of it is sent. */
  readonly forgotten?: ForgottenTime | null;
}

/** Stores planned effects with their rendered requests, in the transaction that records their `planned` facts. */
export async function insertEffects(
  tx: Tx,
  { sealer, installationId }: { sealer: Sealer; installationId: string },
  { owner, effects, forgotten = null }: Planned,
): Promise<void> {
  if (effects.length === 0) return;
  const requests = await sealer.seal(
    tx,
    effects.map(({ effectId, input }) => ({ subjectId: owner.subjectId, place: requestPlace(effectId), value: input })),
  );
  // Owners other than runs have nothing but their kind and their stable id.
  const ownerKey = owner.kind === "run" ? owner.run.key : `${owner.kind}:${owner.id}`;
  const rows = effects.map((effect, index) => ({
    id: effect.effectId,
    workspace_id: owner.workspaceId,
    owner_kind: owner.kind,
    owner_id: owner.id,
    node_id: effect.nodeId,
    slot: effect.slot,
    iteration: effect.iteration,
    key: effectKey({ installationId, runKey: ownerKey, ...effect }),
    action: effect.action,
    connection_id: effect.connectionId,
    state: forgotten ? ("sending" as const) : ("intent" as const),
    first_sending_at: forgotten?.from ?? null,
    doubt_since: forgotten?.until ?? null,
    forgotten_until: forgotten?.until ?? null,
    request: requests[index] ?? null,
    on_ambiguous: effect.onAmbiguous,
    closing: effect.closing,
    retry_until: effect.retryUntil,
    created_at: sql<Date>`lw_now()`,
  }));
  await tx.withTables<LedgerTables>().insertInto("effect").values(rows).execute();
}
