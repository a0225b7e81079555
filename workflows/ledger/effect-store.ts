import { sql, type Selectable } from "kysely";
import type { PlannedEffect } from "../flow/evaluate.js";
import { groupBy } from "../flow/group-by.js";
import type { Sealer } from "../ports.js";
import { effectKey } from "./effect-key.js";
import type { Owner, OwnerRef } from "./owner.js";
import { rowsAs } from "./rows.js";
import type { EffectTable, LedgerTables } from "./tables.js";
import type { Reader, Tx } from "./tx.js";

export type EffectRow = Selectable<EffectTable>;

export const ownerRefOf = ({ owner_kind: kind, owner_id: id }: EffectRow): OwnerRef => ({ kind, id });

export const isOpen = ({ state }: Pick<EffectRow, "state">): boolean => state === "intent" || state === "sending";

/**
 * It may be looked up, but never sent: a cancelled or withheld owner sends nothing but its closing effects, and a run that went past an
 * effect (`lookUpOnly` of the plan, stored by `barEffects`) does not send it any more.
 */
export const isBarred = (
  { cancelled, withheld }: Pick<Owner, "cancelled" | "withheld">,
  { closing, barred }: EffectRow,
): boolean => barred || ((cancelled || withheld !== null) && !closing);

/** What an effect that was barred before it was sent ends as. */
export const barredCode = ({ cancelled, withheld }: Pick<Owner, "cancelled" | "withheld">): string =>
  cancelled || withheld === null ? "cancelled" : `withheld_${withheld}`;

export const requestPlace = (effectId: string): string => `effect.request|${effectId}`;
export const messagePlace = (effectId: string): string => `effect.message|${effectId}`;

export async function effectsOf(reader: Reader, { kind, id }: OwnerRef): Promise<EffectRow[]> {
  const query = reader.withTables<LedgerTables>().selectFrom("effect").selectAll().where("owner_kind", "=", kind);
  return query.where("owner_id", "=", id).orderBy("id").execute();
}

export async function lockEffect(tx: Tx, effectId: string): Promise<EffectRow | undefined> {
  return (await lockEffects(tx, [effectId])).get(effectId);
}

/** In the order asked; null where there is none. */
export async function findEffects(reader: Reader, effectIds: readonly string[]): Promise<(EffectRow | null)[]> {
  const { rows } = await sql<EffectRow>`select * from effect where id = any(${effectIds}::uuid[])`.execute(reader);
  const found = new Map(rows.map((row) => [row.id, row]));
  return effectIds.map((id) => found.get(id) ?? null);
}

/** Locks in ascending order, after their owners. */
export async function lockEffects(tx: Tx, effectIds: readonly string[]): Promise<Map<string, EffectRow>> {
  const { rows } = await sql<EffectRow>`
    select * from effect where id = any(${effectIds}::uuid[]) order by id for update`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Of many runs, by run. */
export async function effectsOfRuns(reader: Reader, runIds: readonly string[]): Promise<Map<string, EffectRow[]>> {
  const { rows } = await sql<EffectRow>`
    select * from effect where owner_kind = 'run' and owner_id = any(${runIds}::uuid[]) order by id`.execute(reader);
  return groupBy(rows, ({ owner_id }) => owner_id);
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

type PutBack = Pick<EffectRow, "id" | "doubt_since" | "not_before" | "code" | "message">;

/** Out of its holder's hands: nothing of it was applied, or what may have been is in doubt, and is looked up again. */
export async function putBack(tx: Tx, { id, doubt_since, not_before, code, message }: PutBack): Promise<void> {
  const state = doubt_since ? "sending" : "intent";
  await tx
    .withTables<LedgerTables>()
    .updateTable("effect")
    .set({ state, doubt_since, claimed_until: null, not_before, code, message })
    .where("id", "=", id)
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
  plans: readonly Planned[],
): Promise<EffectRow[]> {
  const effects = plans.flatMap(({ owner, effects: own, forgotten = null }) =>
    own.map((effect) => ({ owner, forgotten, effect })),
  );
  if (effects.length === 0) return [];
  const requests = await sealer.seal(
    tx,
    effects.map(({ owner, effect: { effectId, input } }) => ({
      subjectId: owner.subjectId,
      place: requestPlace(effectId),
      value: input,
    })),
  );
  const sealed = effects.map((one, index) => ({ ...one, request: requests[index] ?? null }));
  const { rows } = await sql<EffectRow>`
    insert into effect (id, workspace_id, owner_kind, owner_id, node_id, slot, iteration, key, action, connection_id, state,
      first_sending_at, doubt_since, forgotten_until, request, on_ambiguous, closing, retry_until, created_at)
    select planned.*, lw_now() from ${rowsAs("planned", sealed, {
      id: ["uuid", ({ effect }) => effect.effectId],
      workspace_id: ["uuid", ({ owner }) => owner.workspaceId],
      owner_kind: ["text", ({ owner }) => owner.kind],
      owner_id: ["uuid", ({ owner }) => owner.id],
      node_id: ["text", ({ effect }) => effect.nodeId],
      slot: ["text", ({ effect }) => effect.slot],
      iteration: ["int", ({ effect }) => effect.iteration],
      key: ["text", ({ owner, effect }) => effectKey({ installationId, runKey: keyOf(owner), ...effect })],
      action: ["text", ({ effect }) => effect.action],
      connection_id: ["uuid", ({ effect }) => effect.connectionId],
      state: ["text", ({ forgotten }) => (forgotten ? "sending" : "intent")],
      first_sending_at: ["timestamptz", ({ forgotten }) => forgotten?.from ?? null],
      doubt_since: ["timestamptz", ({ forgotten }) => forgotten?.until ?? null],
      forgotten_until: ["timestamptz", ({ forgotten }) => forgotten?.until ?? null],
      request: ["bytea", ({ request }) => request],
      on_ambiguous: ["text", ({ effect }) => effect.onAmbiguous],
      closing: ["bool", ({ effect }) => effect.closing],
      retry_until: ["timestamptz", ({ effect }) => effect.retryUntil],
    })}
    returning *`.execute(tx);
  return rows;
}

/** Owners other than runs have nothing but their kind and their stable id. */
const keyOf = (owner: Owner): string => (owner.kind === "run" ? owner.run.key : `${owner.kind}:${owner.id}`);
