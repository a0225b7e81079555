import { createHash } from "node:crypto";
import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Reader, Tx } from "../db/database.js";
import { reachWhere, type RowPlace, type Seer } from "../members/reach-where.js";
import type { Vault } from "../privacy/vault.js";
import type { SourceTables } from "../sources/source-tables.js";
import type { IngestTables } from "./ingest-tables.js";

export interface Held {
  readonly rawBody: Buffer;
  readonly reason: string;
  readonly field: string | null;
  /** As its source says today. */
  readonly domain: string | null;
}

const rawPlace = (id: string): string => `quarantine.raw|${id}`;

/** Keeps a delivery that could not become feedback, until its mapping is mended. The same bytes again are the same row. */
export async function holdDelivery(
  tx: Tx,
  vault: Vault,
  source: { readonly id: string; readonly workspaceId: string },
  { rawBody, reason, field, domain }: Held,
): Promise<string> {
  const db = tx.withTables<IngestTables>();
  const digest = createHash("sha256").update(rawBody).digest("base64");
  const contentHash = await vault.blind(tx, source.workspaceId, `raw|${digest}`);
  const known = await db
    .selectFrom("quarantine")
    .select(["id", "domain"])
    .where("source_id", "=", source.id)
    .where("content_hash", "=", contentHash)
    .executeTakeFirst();
  if (known) {
    await keepStricter(tx, known, domain);
    return known.id;
  }
  const id = uuidv7();
  const subjectId = uuidv7();
  await vault.createSubjects(tx, [{ id: subjectId, workspaceId: source.workspaceId, kind: "response" }]);
  const [raw = null] = await vault.seal(tx, [{ subjectId, place: rawPlace(id), value: rawBody }]);
  const inserted = await db
    .insertInto("quarantine")
    .values({
      id,
      workspace_id: source.workspaceId,
      source_id: source.id,
      subject_id: subjectId,
      content_hash: contentHash,
      received_at: new Date(),
      reason,
      field,
      raw,
      state: "held",
      replayed_at: null,
      revision_id: null,
      domain,
    })
    .onConflict((conflict) => conflict.columns(["source_id", "content_hash"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  // Another request held the same bytes a moment before.
  return inserted?.id ?? holdDelivery(tx, vault, source, { rawBody, reason, field, domain });
}

/** Held twice, it is an employee's where it was one time. */
async function keepStricter(
  tx: Tx,
  known: { id: string; domain: string | null },
  domain: string | null,
): Promise<void> {
  if (domain !== "employee" || known.domain === domain) return;
  await tx.withTables<IngestTables>().updateTable("quarantine").set({ domain }).where("id", "=", known.id).execute();
}

export interface HeldDelivery {
  readonly id: string;
  readonly sourceId: string;
  readonly state: "held" | "replayed";
  readonly receivedAt: Date;
  /** Null once it was replayed or its author was erased. */
  readonly rawBody: Buffer | null;
  readonly ofEmployee: boolean;
}

export async function readHeld(reader: Reader, vault: Vault, seer: Seer, id: string): Promise<HeldDelivery | null> {
  const db = reader.withTables<IngestTables>();
  const seen = reachWhere(seer, HELD);
  const row = await db
    .selectFrom("quarantine")
    .selectAll()
    .where("id", "=", id)
    .where("workspace_id", "=", seer.workspaceId)
    .$if(seen !== null, (rows) => rows.where(seen ?? sql.lit(true)))
    .executeTakeFirst();
  if (!row) return null;
  const [raw] = await vault.open(reader, [{ sealed: row.raw, place: rawPlace(id) }]);
  const rawBody = raw && !raw.erased && Buffer.isBuffer(raw.value) ? raw.value : null;
  const ofEmployee = row.domain === "employee";
  return { id, sourceId: row.source_id, state: row.state, receivedAt: row.received_at, rawBody, ofEmployee };
}

/** The revision has the body from now on, under its author's key. Nothing of it stays here. */
export async function markReplayed(tx: Tx, id: string, revisionId: string | null): Promise<void> {
  const db = tx.withTables<IngestTables>();
  const replayed = await db
    .updateTable("quarantine")
    .set({ state: "replayed", replayed_at: new Date(), revision_id: revisionId, raw: null })
    .where("id", "=", id)
    .returning("subject_id")
    .executeTakeFirst();
  if (replayed) await sql`delete from subject_key where subject_id = ${replayed.subject_id}`.execute(tx);
}

export async function markStillHeld(
  tx: Tx,
  id: string,
  { reason, field }: Pick<Held, "reason" | "field">,
): Promise<void> {
  await tx.withTables<IngestTables>().updateTable("quarantine").set({ reason, field }).where("id", "=", id).execute();
}

export interface HeldQuery extends Seer {
  readonly sourceId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What could not be read has no attributes and no account: who sees certain rows only sees none of it. */
export const HELD: RowPlace = { source: sql.ref("quarantine.source_id") };

/** Newest first. */
export function listHeld(reader: Reader, { workspaceId, reach, sourceId, cursor, limit }: HeldQuery) {
  const seen = reachWhere({ workspaceId, reach }, HELD);
  return reader
    .withTables<IngestTables & SourceTables>()
    .selectFrom("quarantine")
    .innerJoin("source", "source.id", "quarantine.source_id")
    .select([
      "quarantine.id",
      "quarantine.source_id",
      "quarantine.received_at",
      "quarantine.reason",
      "quarantine.field",
    ])
    .select(["quarantine.state", "source.name as source_name"])
    .where("quarantine.workspace_id", "=", workspaceId)
    .where("quarantine.state", "=", "held")
    .$if(seen !== null, (rows) => rows.where(seen ?? sql.lit(true)))
    .$if(sourceId !== undefined, (rows) => rows.where("quarantine.source_id", "=", sourceId ?? ""))
    .$if(cursor !== undefined, (rows) => rows.where("quarantine.id", "<", cursor ?? ""))
    .orderBy("quarantine.id", "desc")
    .limit(limit)
    .execute();
}
