import { sql } from "kysely";
import { databaseNow, fromNow } from "../../workflows/ledger/clock.js";
import type { Reader, Tx } from "../db/database.js";
import { stops } from "../holds/held.js";
import type { CopyRow, ErasureRow, ErasureTables } from "./erasure-tables.js";

/** Longer than any step takes: a worker that dies in one is followed by another then. */
const LEASE_MS = 120_000;

/** Takes the next one that is due and that no hold stops, for this worker alone. */
export async function leaseErasure(tx: Tx): Promise<ErasureRow | undefined> {
  const { rows } = await sql<ErasureRow>`
    update erasure set due_at = ${fromNow(LEASE_MS)}, begun_at = coalesce(begun_at, lw_now())
    where id = (
      select id from erasure where done_at is null and due_at <= lw_now()
        and not exists (select from legal_hold as hold where ${stops})
      order by due_at limit 1 for update skip locked)
    returning *`.execute(tx);
  return rows[0];
}

type Step = "settled_at" | "copies_at" | "rows_at" | "traces_at";

/** The step is behind us; the next one may begin at once. */
export const stepDone = (tx: Reader, id: string, step: Step): Promise<unknown> =>
  sql`update erasure set ${sql.ref(step)} = lw_now(), due_at = lw_now() where id = ${id}`.execute(tx);

/** Back to the first step. */
export const settleAnew = (tx: Reader, id: string): Promise<unknown> =>
  sql`update erasure set settled_at = null, copies_at = null, due_at = lw_now() where id = ${id}`.execute(tx);

export const lookAgain = (tx: Reader, id: string, afterMs: number): Promise<unknown> =>
  sql`update erasure set due_at = ${fromNow(afterMs)} where id = ${id}`.execute(tx);

/** Milliseconds since a worker first took it in hand: a hold may have stood before that for years. */
export const sinceBegun = async (reader: Reader, { begun_at, asked_at }: ErasureRow): Promise<number> =>
  (await databaseNow(reader)).getTime() - (begun_at ?? asked_at).getTime();

/** What they say from now on is somebody new. */
export const freeze = (tx: Tx, { contact_ids }: Pick<ErasureRow, "contact_ids">): Promise<unknown> =>
  sql`delete from contact_identity where contact_id = any(${contact_ids}::uuid[])`.execute(tx);

/** Nobody is merged with them meanwhile, and whoever is storing what they said has ended by then, or finds them no more. */
export const lockPeople = (tx: Tx, { contact_ids }: Pick<ErasureRow, "contact_ids">): Promise<unknown> =>
  sql`select from contact where id = any(${contact_ids}::uuid[]) order by id for update`.execute(tx);

export async function insertErasure(
  tx: Tx,
  erasure: Pick<
    ErasureRow,
    "id" | "workspace_id" | "ground" | "subject_ids" | "contact_ids" | "response_ids" | "quarantine_ids" | "asked_by"
  > & { readonly source_id?: string },
): Promise<void> {
  const at = sql<Date>`lw_now()`;
  await tx
    .withTables<ErasureTables>()
    .insertInto("erasure")
    .values({ ...erasure, asked_at: at, due_at: at, deleted: "{}", receipt: null })
    .execute();
}

export async function findErasures(
  reader: Reader,
  query: {
    readonly workspaceId: string;
    readonly id?: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<ErasureRow[]> {
  const { workspaceId, id, cursor, limit } = query;
  return reader
    .withTables<ErasureTables>()
    .selectFrom("erasure")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .$if(id !== undefined, (rows) => rows.where("id", "=", id ?? ""))
    .$if(cursor !== undefined, (rows) => rows.where("id", "<", cursor ?? ""))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** With the names that members gave their connections. */
export async function copiesOf(
  reader: Reader,
  erasureIds: readonly string[],
): Promise<(CopyRow & { readonly connection_name: string | null })[]> {
  const { rows } = await sql<CopyRow & { connection_name: string | null }>`
    select erasure_copy.*, connection.name as connection_name
    from erasure_copy left join connection on connection.id = erasure_copy.connection_id
    where erasure_copy.erasure_id = any(${erasureIds}::uuid[]) order by erasure_copy.id`.execute(reader);
  return rows;
}
