import { sql } from "kysely";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy } from "../audit/audit.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import { openTexts } from "../privacy/open-texts.js";
import type { Vault } from "../privacy/vault.js";
import type { Hold, HoldKind, PlaceHold } from "./hold-api.js";
import { changeHolds } from "./hold-lock.js";

export interface HoldDependencies {
  readonly db: Db;
  readonly vault: Vault;
  /** Of members and tokens by id. */
  readonly names: (reader: Reader, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

export type HoldService = ReturnType<typeof createHoldService>;

/** What must not go: while a hold stands, neither time nor a request takes it away. */
export const createHoldService = (own: HoldDependencies) => ({
  list: (actor: Actor) => views(own, { workspaceId: actor.workspaceId }),
  async place(actor: Actor, asked: PlaceHold): Promise<Hold> {
    const id = await transact(own.db, (tx) => place(tx, own.vault, actor, asked));
    return only(own, actor, id);
  },
  /** What waited for it goes on by itself. */
  async lift(actor: Actor, id: string): Promise<Hold> {
    await transact(own.db, (tx) => lift(tx, actor, id));
    return only(own, actor, id);
  },
});

interface Target {
  readonly kind: HoldKind;
  readonly id: string;
}

async function place(tx: Tx, vault: Vault, actor: Actor, { about, reason }: PlaceHold): Promise<string> {
  const { workspaceId } = actor;
  const target: Target = about.kind === "workspace" ? { kind: about.kind, id: workspaceId } : about;
  await changeHolds(tx, workspaceId);
  if (!(await isThere(tx, workspaceId, target))) throw notFound(target.kind);
  const [id, subjectId] = [uuidv7(), uuidv7()];
  await vault.createSubjects(tx, [{ id: subjectId, workspaceId, kind: "hold" }]);
  const [sealed = null] = await vault.seal(tx, [{ subjectId, place: reasonPlace(id), value: reason }]);
  const { numAffectedRows } = await sql`
    insert into legal_hold (id, workspace_id, about, about_id, subject_id, reason, placed_at, placed_by)
    values (${id}, ${workspaceId}, ${target.kind}, ${target.id}, ${subjectId}, ${sealed}, lw_now(), ${actor.id})
    on conflict do nothing`.execute(tx);
  if ((numAffectedRows ?? 0n) === 0n)
    throw conflict("already_held", "A hold stands on it already. Lift that one first to give another reason.");
  await auditBy(tx, actor, { action: "hold.placed", target });
  return id;
}

async function isThere(tx: Tx, workspaceId: string, { kind, id }: Target): Promise<boolean> {
  if (kind === "workspace") return true;
  const { rows } = await sql`
    select from ${sql.table(kind)} where id = ${id} and workspace_id = ${workspaceId}`.execute(tx);
  return rows.length > 0;
}

async function lift(tx: Tx, actor: Actor, id: string): Promise<void> {
  await changeHolds(tx, actor.workspaceId);
  const { rows } = await sql<{ about: HoldKind; about_id: string; lifted_at: Date | null }>`
    select about, about_id, lifted_at from legal_hold
    where id = ${id} and workspace_id = ${actor.workspaceId} for update`.execute(tx);
  const [hold] = rows;
  if (!hold) throw notFound("hold");
  if (hold.lifted_at) throw conflict("already_lifted", "This hold was lifted already.");
  await sql`update legal_hold set lifted_at = lw_now(), lifted_by = ${actor.id} where id = ${id}`.execute(tx);
  await auditBy(tx, actor, { action: "hold.lifted", target: { kind: hold.about, id: hold.about_id } });
}

const reasonPlace = (id: string): string => `legal_hold.reason|${id}`;

interface HoldRow {
  readonly id: string;
  readonly about: HoldKind;
  readonly about_id: string;
  readonly reason: Buffer | null;
  readonly placed_at: Date;
  readonly placed_by: string | null;
  readonly lifted_at: Date | null;
  readonly lifted_by: string | null;
  readonly source_name: string | null;
  readonly contact_name: Buffer | null;
}

const MOST = 500;

/** Those that stand before those that were lifted, newest first. */
async function views(
  { db, vault, names }: HoldDependencies,
  { workspaceId, id = null }: { workspaceId: string; id?: string | null },
): Promise<Hold[]> {
  const { rows } = await sql<HoldRow>`
    select hold.id, hold.about, hold.about_id, hold.reason, hold.placed_at, hold.placed_by, hold.lifted_at, hold.lifted_by,
      source.name as source_name, contact.name as contact_name
    from legal_hold as hold
    left join source on hold.about = 'source' and source.id = hold.about_id
    left join contact on hold.about = 'contact' and contact.id = hold.about_id
    where hold.workspace_id = ${workspaceId} and (${id}::uuid is null or hold.id = ${id})
    order by hold.lifted_at is not null, hold.id desc limit ${MOST}`.execute(db);
  const reasons = await openTexts(
    vault,
    db,
    rows.map((row) => ({ sealed: row.reason, place: reasonPlace(row.id) })),
  );
  const contacts = await openTexts(
    vault,
    db,
    rows.map(({ about_id, contact_name }) => ({ sealed: contact_name, place: `contact.name|${about_id}` })),
  );
  const known = await names(
    db,
    rows.flatMap(({ placed_by, lifted_by }) => [placed_by ?? [], lifted_by ?? []].flat()),
  );
  return rows.map((row, index) => ({
    id: row.id,
    about: { kind: row.about, id: row.about_id, name: row.source_name ?? contacts[index] ?? null },
    reason: reasons[index] ?? null,
    placedAt: row.placed_at.toISOString(),
    placedBy: known.get(row.placed_by ?? "") ?? null,
    liftedAt: row.lifted_at?.toISOString() ?? null,
    liftedBy: known.get(row.lifted_by ?? "") ?? null,
  }));
}

async function only(own: HoldDependencies, { workspaceId }: Actor, id: string): Promise<Hold> {
  const [hold] = await views(own, { workspaceId, id });
  if (!hold) throw notFound("hold");
  return hold;
}
