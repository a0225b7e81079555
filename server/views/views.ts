import { sql, type RawBuilder } from "kysely";
import type { z } from "zod";
import { sqlState } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Reader, Tx } from "../db/database.js";
import { conflict, notFound, sessionsOnly } from "../errors.js";
import type { Actor } from "../http/route.js";
import { authorize, mayDo } from "../members/authorize.js";
import type { ChangeView, CreateView, View, viewPageSchema } from "./view-api.js";

const UNIQUE_VIOLATION = "23505";
/** Of one member and page: more are no tabs. */
const MOST = 30;

type Page = z.infer<typeof viewPageSchema>;

interface ViewRow {
  readonly id: string;
  readonly member_id: string;
  readonly page: Page;
  readonly name: string;
  readonly filter: View["filter"];
  readonly shared: boolean;
}

/** The member's own, and those that others share, in the order in which they were made. */
export async function listViews(reader: Reader, actor: Actor, page: Page): Promise<View[]> {
  const { rows } = await sql<ViewRow>`
    select * from saved_view
    where workspace_id = ${actor.workspaceId} and page = ${page} and (shared or member_id = ${memberOf(actor)})
    order by id`.execute(reader);
  return rows.map((row) => viewOf(actor, row));
}

export async function createView(tx: Tx, actor: Actor, { page, name, filter, shared }: CreateView): Promise<View> {
  const memberId = memberOf(actor);
  if (shared) authorize(actor, "settings:manage");
  const { rows: own } = await sql`
    select from saved_view where member_id = ${memberId} and page = ${page} limit ${MOST}`.execute(tx);
  if (own.length === MOST)
    throw conflict("too_many_views", `You keep ${String(MOST)} views of this page. Delete one first.`);
  const { rows } = await named(
    sql<ViewRow>`
    insert into saved_view (id, workspace_id, member_id, page, name, filter, shared, created_at)
    values (${uuidv7()}, ${actor.workspaceId}, ${memberId}, ${page}, ${name}, ${kept(sql`${JSON.stringify(filter)}::jsonb`, sql<boolean>`${shared}::boolean`)},
      ${shared}, lw_now())
    returning *`.execute(tx),
  );
  return told(tx, actor, "view.created", rows[0]);
}

export async function changeView(tx: Tx, actor: Actor, id: string, change: ChangeView): Promise<View> {
  const row = await lockOwn(tx, actor, id);
  if (change.shared !== undefined && change.shared !== row.shared) authorize(actor, "settings:manage");
  const filter = change.filter ? JSON.stringify(change.filter) : null;
  const shared = sql<boolean>`coalesce(${change.shared ?? null}::boolean, shared)`;
  const { rows } = await named(
    sql<ViewRow>`
    update saved_view set name = coalesce(${change.name ?? null}::text, name), shared = ${shared},
      filter = ${kept(sql`coalesce(${filter}::jsonb, filter)`, shared)}
    where id = ${id} returning *`.execute(tx),
  );
  return told(tx, actor, "view.changed", rows[0]);
}

export async function deleteView(tx: Tx, actor: Actor, id: string): Promise<void> {
  const row = await lockOwn(tx, actor, id);
  await sql`delete from saved_view where id = ${id}`.execute(tx);
  await told(tx, actor, "view.deleted", row);
}

/** What somebody looked for in their own words may name a person: others are not given it. */
const kept = (filter: RawBuilder<unknown>, shared: RawBuilder<boolean>) =>
  sql`case when ${shared} then ${filter} - 'search' else ${filter} end`;

/** Views are a person's: a program has no pages. */
function memberOf(actor: Actor): string {
  if (actor.kind !== "member") throw sessionsOnly();
  return actor.id;
}

/** Shared ones are everybody's: whoever sees to the workspace can put them right, whoever made them. */
const mayChange = (actor: Actor, { member_id, shared }: ViewRow): boolean =>
  member_id === actor.id || (shared && mayDo(actor, "settings:manage"));

async function lockOwn(tx: Tx, actor: Actor, id: string): Promise<ViewRow> {
  memberOf(actor);
  const { rows } = await sql<ViewRow>`
    select * from saved_view where id = ${id} and workspace_id = ${actor.workspaceId} for update`.execute(tx);
  const [row] = rows;
  if (!row || !mayChange(actor, row)) throw notFound("view");
  return row;
}

async function told(tx: Tx, actor: Actor, action: AuditAction, row: ViewRow | undefined): Promise<View> {
  if (!row) throw notFound("view");
  const { page, shared } = row;
  await auditBy(tx, actor, { action, target: { kind: "view", id: row.id }, data: { page, shared } });
  return viewOf(actor, row);
}

const viewOf = (actor: Actor, row: ViewRow): View => ({
  ...{ id: row.id, page: row.page, name: row.name, filter: row.filter, shared: row.shared },
  mayChange: mayChange(actor, row),
});

async function named<Result>(write: Promise<Result>): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    throw conflict("view_exists", "You keep a view of this name already. Choose another name.");
  }
}
