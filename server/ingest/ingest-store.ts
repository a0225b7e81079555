import { sql } from "kysely";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { insertReturning, insertRows, type Columns } from "../../workflows/ledger/rows.js";
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
      created_at: ["timestamptz", ({ event }) => event.receivedAt],
    },
    conflict: "is passed over",
  });
  return new Map(rows.map((row) => [nameOfRow(row), row]));
}

export interface KnownRevisions {
  /** By `revisionName`. */
  readonly ids: ReadonlyMap<string, string>;
  /** The number that the next revision gets, by the response's id. */
  readonly next: ReadonlyMap<string, number>;
}

/** Rows of revisions stay as long as their response, also those whose words are gone: the next one's number is one more than the last. */
export async function knownRevisions(tx: Tx, responses: readonly ResponseRow[]): Promise<KnownRevisions> {
  if (responses.length === 0) return { ids: new Map(), next: new Map() };
  const db = tx.withTables<IngestTables>();
  const rows = await db
    .selectFrom("revision")
    .select(["id", "response_id", "content_hash", "ordinal"])
    .where(sql<boolean>`response_id = any(${responses.map(({ id }) => id)}::uuid[])`)
    .orderBy("ordinal")
    .execute();
  return {
    ids: new Map(rows.map(({ id, response_id, content_hash }) => [revisionName(response_id, content_hash), id])),
    next: new Map(rows.map(({ response_id, ordinal }) => [response_id, ordinal + 1])),
  };
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

const respondentOf = ({ feedback, start }: IncomingEvent) => ({
  ...feedback.respondent,
  account: feedback.account,
  ...(start && { start }),
});

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
  metric: ["text", ({ event }) => event.feedback.metric],
  score: ["double precision", ({ event }) => event.feedback.score],
  scale_min: ["double precision", ({ event }) => event.feedback.scaleMin],
  scale_max: ["double precision", ({ event }) => event.feedback.scaleMax],
  language: ["text", ({ event }) => event.feedback.language],
  domain: ["text", ({ event }) => event.feedback.domain],
  product: ["text", ({ event }) => event.feedback.product],
  relation: ["text", ({ event }) => event.feedback.relation ?? null],
  attributes: ["jsonb", ({ event }) => JSON.stringify(event.feedback.attributes)],
  outcome: ["text", outcomeOf],
  not_judged: ["jsonb", ({ notJudged }) => JSON.stringify(notJudged)],
};

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
