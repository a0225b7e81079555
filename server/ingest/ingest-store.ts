import { sql } from "kysely";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { insertReturning, insertRows, type Columns } from "../../workflows/ledger/rows.js";
import { unanswered } from "../../workflows/ledger/unanswered.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Owner } from "../contacts/contact-store.js";
import type { Tx } from "../db/database.js";
import { sealColumns } from "../privacy/seal-columns.js";
import type { Vault } from "../privacy/vault.js";
import type { IncomingEvent } from "./event.js";
import type { IngestTables } from "./ingest-tables.js";
import type { StartedRun } from "./start-runs.js";
import type { JudgedEvent, PlacedEvent, ResponseRow } from "./placed-event.js";

export interface NewResponse {
  readonly event: IncomingEvent;
  readonly owner: Owner;
  readonly subjectId: string;
  /** So many the batch brings. */
  readonly revisions: number;
}

export const responseName = ({ source, feedback }: IncomingEvent): string => `${source.id}/${feedback.responseId}`;
const nameOfRow = (row: ResponseRow): string => `${row.source_id}/${row.external_id}`;
export const revisionName = (responseId: string, hash: Buffer): string => `${responseId}/${hash.toString("base64")}`;

/** By source and the source's own id; locked in ascending order of id. */
export async function lockResponses(tx: Tx, events: readonly IncomingEvent[]): Promise<Map<string, ResponseRow>> {
  const { rows } = await sql<ResponseRow>`
    select * from response where (source_id, external_id) in (
      select * from unnest(${events.map(({ source }) => source.id)}::uuid[], ${events.map(({ feedback }) => feedback.responseId)}::text[]))
    order by id for update`.execute(tx);
  return new Map(rows.map((row) => [nameOfRow(row), row]));
}

/** By name, those that were new. Where another batch was first, its row is not among them. */
export async function insertResponses(tx: Tx, made: readonly NewResponse[]): Promise<Map<string, ResponseRow>> {
  const rows = await insertReturning<NewResponse, ResponseRow>(tx, {
    into: "response",
    rows: made,
    columns: {
      id: ["uuid", () => uuidv7()],
      workspace_id: ["uuid", ({ event }) => event.workspaceId],
      source_id: ["uuid", ({ event }) => event.source.id],
      external_id: ["text", ({ event }) => event.feedback.responseId],
      subject_id: ["uuid", ({ subjectId }) => subjectId],
      contact_id: ["uuid", ({ owner }) => owner.contactId],
      own_contact_id: ["uuid", ({ owner }) => owner.ownContactId],
      account_id: ["uuid", ({ owner }) => owner.accountId],
      revisions: ["int", ({ revisions }) => revisions],
      created_at: ["timestamptz", ({ event }) => event.receivedAt],
    },
    conflict: "is passed over",
  });
  return new Map(rows.map((row) => [nameOfRow(row), row]));
}

/** Revision ids of these responses by `revisionName`. */
export async function knownRevisions(tx: Tx, responses: readonly ResponseRow[]): Promise<Map<string, string>> {
  const ids = responses.filter(({ revisions }) => revisions > 0).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const db = tx.withTables<IngestTables>();
  const rows = await db
    .selectFrom("revision")
    .select(["id", "response_id", "content_hash"])
    .where(sql<boolean>`response_id = any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, response_id, content_hash }) => [revisionName(response_id, content_hash), id]));
}

export async function insertRevisions(tx: Tx, vault: Vault, judged: readonly JudgedEvent[]): Promise<void> {
  if (judged.length === 0) return;
  const sealed = await sealColumns(vault, tx, {
    table: "revision",
    columns: ["raw", "comment", "respondent"],
    rows: judged.map(({ event, response, revisionId }) => ({
      id: revisionId,
      subjectId: response.subject_id,
      values: { raw: event.raw, comment: event.feedback.comment, respondent: respondentOf(event) },
    })),
  });
  const rows = judged.map((entry, index) => ({ ...entry, sealed: sealed[index] }));
  await insertRows(tx, {
    into: "revision",
    rows,
    columns: {
      ...clearColumns,
      raw: ["bytea", ({ sealed: cells }) => cells?.raw ?? null],
      comment: ["bytea", ({ sealed: cells }) => cells?.comment ?? null],
      respondent: ["bytea", ({ sealed: cells }) => cells?.respondent ?? null],
    },
  });
}

const respondentOf = ({ feedback }: IncomingEvent) => ({ ...feedback.respondent, account: feedback.account });

function outcomeOf({
  matched,
  notJudged,
}: Pick<JudgedEvent, "matched" | "notJudged">): IngestTables["revision"]["outcome"] {
  if (matched.length > 0) return "matched";
  return notJudged.length > 0 ? "not_judged" : "no_rule_matched";
}

const clearColumns: Columns<JudgedEvent> = {
  id: ["uuid", ({ revisionId }) => revisionId],
  workspace_id: ["uuid", ({ event }) => event.workspaceId],
  response_id: ["uuid", ({ response }) => response.id],
  source_id: ["uuid", ({ event }) => event.source.id],
  ordinal: ["int", ({ ordinal }) => ordinal],
  content_hash: ["bytea", ({ hash }) => hash],
  received_at: ["timestamptz", ({ event }) => event.receivedAt],
  occurred_at: ["timestamptz", ({ event }) => event.feedback.occurredAt],
  kind: ["text", ({ event }) => event.feedback.kind],
  metric: ["text", ({ event }) => event.feedback.metric],
  score: ["double precision", ({ event }) => event.feedback.score],
  scale_min: ["double precision", ({ event }) => event.feedback.scaleMin],
  scale_max: ["double precision", ({ event }) => event.feedback.scaleMax],
  language: ["text", ({ event }) => event.feedback.language],
  domain: ["text", ({ event }) => event.feedback.domain],
  product: ["text", ({ event }) => event.feedback.product],
  relation: ["text", ({ event }) => event.feedback.relation ?? null],
  attributes: ["jsonb", ({ event }) => JSON.stringify(event.feedback.attributes)],
  complete: ["bool", ({ event }) => event.feedback.complete],
  outcome: ["text", outcomeOf],
  not_judged: ["jsonb", ({ notJudged }) => JSON.stringify(notJudged)],
};

/** Of responses that were there before. */
export async function countRevisions(tx: Tx, fresh: readonly PlacedEvent[]): Promise<void> {
  const counts = new Map<string, number>();
  for (const { response, ordinal } of fresh)
    counts.set(response.id, Math.max(counts.get(response.id) ?? 0, ordinal + 1));
  if (counts.size === 0) return;
  await sql`${unanswered}
    update response set revisions = counted.n
    from unnest(${[...counts.keys()]}::uuid[], ${[...counts.values()]}::int[]) as counted (id, n)
    where response.id = counted.id`.execute(tx);
}

export async function insertDeliveries(tx: Tx, placed: readonly PlacedEvent[]): Promise<void> {
  const named = placed.flatMap(({ event, revisionId }) =>
    event.deliveryId === null ? [] : [{ event, revisionId, deliveryId: event.deliveryId }],
  );
  await insertRows(tx, {
    into: "delivery",
    rows: named.sort((a, b) => (a.deliveryId < b.deliveryId ? -1 : 1)),
    columns: {
      source_id: ["uuid", ({ event }) => event.source.id],
      delivery_id: ["text", ({ deliveryId }) => deliveryId],
      revision_id: ["uuid", ({ revisionId }) => revisionId],
      received_at: ["timestamptz", ({ event }) => event.receivedAt],
    },
    conflict: "is passed over",
  });
}

/** The runs that revisions of these responses started, in their order, so that a duplicate is answered as the first was. */
export async function runsOf(tx: Tx, placed: readonly PlacedEvent[]): Promise<readonly StartedRun[]> {
  const responses = [...new Set(placed.map(({ response }) => response.id))];
  if (responses.length === 0) return [];
  const db = tx.withTables<LedgerTables>();
  return db
    .selectFrom("run")
    .select(["id", "revision_id"])
    .where(sql<boolean>`response_id = any(${responses}::uuid[])`)
    .orderBy("id")
    .execute();
}
