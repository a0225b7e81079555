import { sql, type RawBuilder } from "kysely";
import { insertRows } from "../../workflows/ledger/rows.js";
import type { Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import { erasedResponseName } from "./erased-responses.js";
import type { ErasureRow } from "./erasure-tables.js";

/** How many rows of each table went. */
export type Deleted = Readonly<Record<string, number>>;

/** Keys, rows and blind indexes, in one transaction. The subject's row stays: what named it can then say "erased". */
export async function deleteRows(tx: Tx, vault: Vault, erasure: ErasureRow): Promise<Deleted> {
  const responses = await lockResponses(tx, erasure);
  const runIds = await noteTraces(tx, erasure, responses);
  await noteResponses(tx, vault, erasure, responses);
  const responseIds = responses.map(({ id }) => id);
  const effects = sql`select id from effect where owner_kind = 'run' and owner_id = any(${runIds}::uuid[])`;
  const steps: readonly (readonly [table: string, where: RawBuilder<unknown>])[] = [
    ["effect_attempt", sql`effect_id in (${effects})`],
    ["effect", sql`owner_kind = 'run' and owner_id = any(${runIds}::uuid[])`],
    ["run_fact", sql`run_id = any(${runIds}::uuid[])`],
    ["approval", sql`run_id = any(${runIds}::uuid[])`],
    ["run", sql`id = any(${runIds}::uuid[])`],
    ["mention", sql`response_id = any(${responseIds}::uuid[])`],
    ["revision", sql`response_id = any(${responseIds}::uuid[])`],
    ["response", sql`id = any(${responseIds}::uuid[])`],
    ["quarantine", sql`id = any(${erasure.quarantine_ids}::uuid[])`],
    ["contact_identity", sql`contact_id = any(${erasure.contact_ids}::uuid[])`],
    ["contact", sql`id = any(${erasure.contact_ids}::uuid[])`],
    ["subject_key", sql`subject_id = any(${erasure.subject_ids}::uuid[])`],
  ];
  const deleted: Record<string, number> = {};
  for (const [table, where] of steps) {
    const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${where}`.execute(tx);
    deleted[table] = Number(numAffectedRows ?? 0);
  }
  await sql`update subject set erased_at = now() where id = any(${erasure.subject_ids}::uuid[])`.execute(tx);
  return deleted;
}

interface ResponseRow {
  readonly id: string;
  readonly source_id: string;
  readonly external_id: string;
}

async function lockResponses(tx: Tx, { contact_ids, response_ids }: ErasureRow): Promise<ResponseRow[]> {
  const { rows } = await sql<ResponseRow>`
    select id, source_id, external_id from response
    where contact_id = any(${contact_ids}::uuid[]) or id = any(${response_ids}::uuid[]) order by id for update`.execute(
    tx,
  );
  return rows;
}

/** Their workflow executions are deleted once the rows are gone. */
async function noteTraces(tx: Tx, erasure: ErasureRow, responses: readonly ResponseRow[]): Promise<string[]> {
  const { rows } = await sql<{ run_id: string }>`
    insert into erasure_trace (erasure_id, run_id)
    select ${erasure.id}, id from run where response_id = any(${responses.map(({ id }) => id)}::uuid[])
    on conflict do nothing returning run_id`.execute(tx);
  return rows.map(({ run_id }) => run_id);
}

/** So that a source that delivers the same response once more does not bring it back. */
async function noteResponses(
  tx: Tx,
  vault: Vault,
  erasure: ErasureRow,
  responses: readonly ResponseRow[],
): Promise<void> {
  const at = new Date();
  const names = await Promise.all(
    responses.map(({ source_id, external_id }) =>
      vault.blind(tx, erasure.workspace_id, erasedResponseName(source_id, external_id)),
    ),
  );
  await insertRows(tx, {
    into: "erased_response",
    rows: names,
    columns: {
      workspace_id: ["uuid", () => erasure.workspace_id],
      blind: ["bytea", (blind) => blind],
      erased_at: ["timestamptz", () => at],
    },
    conflict: "is passed over",
  });
}
