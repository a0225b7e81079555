import { sql } from "kysely";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Owner } from "../contacts/contact-store.js";
import type { Tx } from "../db/database.js";
import { sealColumns } from "../privacy/seal-columns.js";
import type { Vault } from "../privacy/vault.js";
import type { IncomingEvent } from "./event.js";
import type { IngestTables } from "./ingest-tables.js";
import type { JudgedEvent, PlacedEvent, ResponseRow } from "./placed-event.js";

export interface NewResponse {
  readonly event: IncomingEvent;
  readonly owner: Owner;
  readonly subjectId: string;
}

export const responseName = ({ source, feedback }: IncomingEvent): string => `${source.id}/${feedback.responseId}`;
export const revisionName = (responseId: string, hash: Buffer): string => `${responseId}/${hash.toString("base64")}`;

/** By source and the source's own id; locked in ascending order of id. */
export async function lockResponses(tx: Tx, events: readonly IncomingEvent[]): Promise<Map<string, ResponseRow>> {
  const { rows } = await sql<ResponseRow>`
    select * from response where (source_id, external_id) in (
      select * from unnest(${events.map(({ source }) => source.id)}::uuid[], ${events.map(({ feedback }) => feedback.responseId)}::text[]))
    order by id for update`.execute(tx);
  return new Map(rows.map((row) => [`${row.source_id}/${row.external_id}`, row]));
}

export async function insertResponses(tx: Tx, made: readonly NewResponse[]): Promise<void> {
  await tx
    .withTables<IngestTables>()
    .insertInto("response")
    .values(
      made.map(({ event, owner, subjectId }) => ({
        id: uuidv7(),
        workspace_id: event.workspaceId,
        source_id: event.source.id,
        external_id: event.feedback.responseId,
        subject_id: subjectId,
        contact_id: owner.contactId,
        account_id: owner.accountId,
        revisions: 0,
        created_at: event.receivedAt,
      })),
    )
    // Another batch was first: its row is read and locked next.
    .onConflict((conflict) => conflict.columns(["source_id", "external_id"]).doNothing())
    .execute();
}

/** Revision ids of these responses by `revisionName`. */
export async function knownRevisions(tx: Tx, responses: readonly ResponseRow[]): Promise<Map<string, string>> {
  const ids = responses.filter(({ revisions }) => revisions > 0).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const db = tx.withTables<IngestTables>();
  const rows = await db
    .selectFrom("revision")
    .select(["id", "response_id", "content_hash"])
    .where("response_id", "in", ids)
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
  const rows = judged.map((entry, index) => ({ ...clearColumns(entry), ...sealed[index] }));
  await tx.withTables<IngestTables>().insertInto("revision").values(rows).execute();
}

const respondentOf = ({ feedback }: IncomingEvent) => ({ ...feedback.respondent, account: feedback.account });

function outcomeOf({
  matched,
  notJudged,
}: Pick<JudgedEvent, "matched" | "notJudged">): IngestTables["revision"]["outcome"] {
  if (matched.length > 0) return "matched";
  return notJudged.length > 0 ? "not_judged" : "no_rule_matched";
}

function clearColumns({ event, hash, response, revisionId, ordinal, matched, notJudged }: JudgedEvent) {
  const { feedback } = event;
  return {
    id: revisionId,
    workspace_id: event.workspaceId,
    response_id: response.id,
    source_id: event.source.id,
    ordinal,
    content_hash: hash,
    received_at: event.receivedAt,
    occurred_at: feedback.occurredAt,
    kind: feedback.kind,
    metric: feedback.metric,
    score: feedback.score,
    scale_min: feedback.scaleMin,
    scale_max: feedback.scaleMax,
    language: feedback.language,
    domain: feedback.domain,
    product: feedback.product,
    attributes: JSON.stringify(feedback.attributes),
    complete: feedback.complete,
    outcome: outcomeOf({ matched, notJudged }),
    not_judged: JSON.stringify(notJudged),
  };
}

export async function countRevisions(tx: Tx, fresh: readonly PlacedEvent[]): Promise<void> {
  const counts = new Map<string, number>();
  for (const { response, ordinal } of fresh)
    counts.set(response.id, Math.max(counts.get(response.id) ?? 0, ordinal + 1));
  if (counts.size === 0) return;
  await sql`
    update response set revisions = counted.n
    from unnest(${[...counts.keys()]}::uuid[], ${[...counts.values()]}::int[]) as counted (id, n)
    where response.id = counted.id`.execute(tx);
}

export async function insertDeliveries(tx: Tx, placed: readonly PlacedEvent[]): Promise<void> {
  const rows = placed.flatMap(({ event, revisionId }) =>
    event.deliveryId === null
      ? []
      : [
          {
            source_id: event.source.id,
            delivery_id: event.deliveryId,
            revision_id: revisionId,
            received_at: event.receivedAt,
          },
        ],
  );
  if (rows.length === 0) return;
  const ordered = rows.sort((a, b) => (a.delivery_id < b.delivery_id ? -1 : 1));
  await tx
    .withTables<IngestTables>()
    .insertInto("delivery")
    .values(ordered)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The runs that each revision started, so that a duplicate is answered as the first was. */
export async function runsByRevision(tx: Tx, placed: readonly PlacedEvent[]): Promise<Map<string, string[]>> {
  const responses = [...new Set(placed.map(({ response }) => response.id))];
  const db = tx.withTables<LedgerTables>();
  const rows = await db
    .selectFrom("run")
    .select(["id", "revision_id"])
    .where("response_id", "in", responses)
    .orderBy("id")
    .execute();
  const byRevision = new Map<string, string[]>();
  for (const { id, revision_id } of rows) byRevision.set(revision_id, [...(byRevision.get(revision_id) ?? []), id]);
  return byRevision;
}
