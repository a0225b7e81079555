import { sql } from "kysely";
import type { FlowContext } from "../../workflows/flow/catalogue.js";
import { categoryOf } from "../../workflows/flow/fields.js";
import type { Opened, RunRef } from "../../workflows/ports.js";
import type { ContactTables } from "../contacts/contact-tables.js";
import type { Reader } from "../db/database.js";
import { toldOfContact } from "../employees/told-to-start.js";
import type { IngestTables } from "../ingest/ingest-tables.js";
import type { Vault } from "../privacy/vault.js";
import type { SourceTables } from "../sources/source-tables.js";

type ContextTables = IngestTables & ContactTables & SourceTables;

interface ContextDependencies {
  readonly vault: Vault;
  readonly runUrl: (runId: string) => string;
}

/**
 * What expressions and templates may read of each run's event: the newest revision of its response, its contact, its account. In the
 * order asked.
 */
export async function loadContexts(
  reader: Reader,
  { vault, runUrl }: ContextDependencies,
  runs: readonly Pick<RunRef, "id" | "responseId">[],
): Promise<(FlowContext | null)[]> {
  const rows = await contextRows(reader, [...new Set(runs.map(({ responseId }) => responseId))]);
  const cells = rows.flatMap(cellsOf);
  const opened = await vault.open(reader, cells);
  const events = new Map(
    rows.map((row, index) => [
      row.response_id,
      eventOf(row, opened.slice(index * CELLS_PER_ROW, (index + 1) * CELLS_PER_ROW)),
    ]),
  );
  return runs.map(({ id, responseId }) => {
    const event = events.get(responseId);
    return event ? { ...event, run: { id, url: runUrl(id) } } : null;
  });
}

const CELLS_PER_ROW = 6;

const cellsOf = (row: ContextRow) => [
  { sealed: row.respondent, place: `revision.respondent|${row.revision_id}` },
  { sealed: row.comment, place: `revision.comment|${row.revision_id}` },
  { sealed: row.contact_name, place: `contact.name|${row.contact_id}` },
  { sealed: row.contact_email, place: `contact.email|${row.contact_id}` },
  { sealed: row.contact_phone, place: `contact.phone|${row.contact_id}` },
  { sealed: row.account_name, place: `account.name|${row.account_id}` },
];

function eventOf(row: ContextRow, opened: readonly Opened[]): Omit<FlowContext, "run"> | null {
  // The respondent is sealed for every event: a missing key means that the person was erased.
  if (opened[0]?.erased !== false) return null;
  const [respondent, comment, name, email, phone, accountName] = opened.map((cell) =>
    cell.erased ? null : cell.value,
  );
  return {
    feedback: feedbackOf(row, comment),
    contact: {
      name: name ?? read(respondent, "name"),
      email: email ?? read(respondent, "email"),
      phone: phone ?? read(respondent, "phone"),
      externalId: read(respondent, "externalId"),
    },
    account: row.account_id === null ? null : { ...row.account_attributes, name: accountName },
    ...startOf(row, read(respondent, "start")),
  };
}

/** Whose it is, and the cells. */
type Around =
  Extract<keyof ContextRow, `contact_${string}` | `account_${string}`> | "response_id" | "comment" | "respondent";
type ContextRow = Awaited<ReturnType<typeof contextRows>>[number];

export function feedbackOf(row: Omit<ContextRow, Around>, comment: unknown): FlowContext["feedback"] {
  return {
    id: row.revision_id,
    score: row.score,
    metric: row.metric,
    category: categoryOf(row.metric, row.score),
    comment,
    language: row.language,
    source: row.source_name,
    sourceId: row.source_id,
    domain: row.domain,
    product: row.product,
    relation: row.relation,
    occurredAt: row.occurred_at.toISOString(),
    attributes: row.attributes,
  };
}

/** Of an event that is no feedback. */
function startOf({ occurred_at }: ContextRow, start: unknown): Pick<FlowContext, "start"> {
  if (start === null) return {};
  const fields = read(start, "fields");
  const given = typeof fields === "object" ? fields : {};
  return { start: { ...given, at: occurred_at.toISOString(), by: read(start, "by") } };
}

const read = (value: unknown, field: string): unknown =>
  typeof value === "object" && value !== null
    ? (Object.entries(value).find(([name]) => name === field)?.[1] ?? null)
    : null;

function contextRows(reader: Reader, responseIds: readonly string[]) {
  return reader
    .withTables<ContextTables>()
    .selectFrom("revision")
    .innerJoin("response", "response.id", "revision.response_id")
    .innerJoin("source", "source.id", "revision.source_id")
    .leftJoin("contact", "contact.id", "response.contact_id")
    .leftJoin("account", "account.id", "response.account_id")
    .distinctOn("revision.response_id")
    .select([
      "revision.response_id",
      "revision.id as revision_id",
      "revision.score",
      "revision.metric",
      "revision.language",
      "revision.domain",
      "revision.product",
      "revision.relation",
      "revision.occurred_at",
      "revision.attributes",
      "revision.source_id",
      "revision.comment",
      "revision.respondent",
      "source.name as source_name",
      "contact.id as contact_id",
      toldOfContact("name").as("contact_name"),
      toldOfContact("email").as("contact_email"),
      toldOfContact("phone").as("contact_phone"),
      "account.id as account_id",
      "account.name as account_name",
      "account.attributes as account_attributes",
    ])
    .where(sql<boolean>`revision.response_id = any(${responseIds}::uuid[])`)
    .orderBy("revision.response_id")
    .orderBy("revision.ordinal", "desc")
    .execute();
}
