import { sql } from "kysely";
import { messagePlace, requestPlace } from "../../workflows/ledger/effect-store.js";
import { openFacts, readFacts } from "../../workflows/ledger/fact-store.js";
import type { Opened } from "../../workflows/ports.js";
import { rootsOf } from "../contacts/contact-groups.js";
import type { Reader } from "../db/database.js";
import { notFound } from "../errors.js";
import type { Vault } from "../privacy/vault.js";
import { contactsById } from "./people-store.js";

/** Sealed cells by the column that they stand in, and all else as it is. */
type Row = Exported & { readonly id: string };

export type Exported = Readonly<Record<string, unknown>>;

export interface PersonExport {
  readonly exportedAt: string;
  readonly contact: Exported;
  readonly mergedContacts: readonly Exported[];
  readonly responses: readonly Exported[];
  /** Each with its `facts`, `effects` and `approvals`. */
  readonly runs: readonly Exported[];
}

/** Everything that is held of a contact and of whoever is the same person, opened: what they are called, said, and what was done about it. */
export async function exportPerson(
  reader: Reader,
  vault: Vault,
  { workspaceId, contactId: asked }: { workspaceId: string; contactId: string },
): Promise<PersonExport> {
  const contactId = (await rootsOf(reader, [asked])).get(asked) ?? asked;
  const [contact] = await contactsById(reader, vault, { workspaceId, ids: [contactId] });
  if (!contact) throw notFound("contact");
  const opener = { reader, vault };
  const others = contact.merged.map(({ id }) => id);
  return {
    exportedAt: new Date().toISOString(),
    contact,
    mergedContacts: await contactsById(reader, vault, { workspaceId, ids: others }),
    responses: await responsesOf(opener, contactId),
    runs: await runsOf(opener, contactId),
  };
}

interface Opener {
  readonly reader: Reader;
  readonly vault: Vault;
}

async function responsesOf(opener: Opener, contactId: string): Promise<Exported[]> {
  const { rows } = await sql<Row>`
    select revision.id, response.external_id as "responseId", source.name as source, revision.received_at as "receivedAt",
      revision.occurred_at as "occurredAt", revision.metric, revision.score, revision.scale_min as "scaleMin",
      revision.scale_max as "scaleMax", revision.language, revision.product, revision.attributes, revision.comment,
      revision.respondent, revision.raw
    from revision join response on response.id = revision.response_id join source on source.id = revision.source_id
    where response.contact_id = ${contactId} order by revision.id`.execute(opener.reader);
  return withOpened(opener, rows, {
    comment: ({ id }) => `revision.comment|${id}`,
    respondent: ({ id }) => `revision.respondent|${id}`,
    raw: ({ id }) => `revision.raw|${id}`,
  });
}

async function runsOf(opener: Opener, contactId: string): Promise<Exported[]> {
  const { rows } = await sql<Row>`
    select run.id, flow.name as flow, run.state, run.outcome, run.purpose, run.created_at as "startedAt", run.finished_at as "finishedAt"
    from run join response on response.id = run.response_id join flow on flow.id = run.flow_id
    where response.contact_id = ${contactId} order by run.id`.execute(opener.reader);
  const runs: Exported[] = [];
  for (const run of rows)
    runs.push({
      ...run,
      facts: await factsOf(opener, run.id),
      effects: await effectsOf(opener, run.id),
      approvals: await approvalsOf(opener, run.id),
    });
  return runs;
}

async function factsOf({ reader, vault }: Opener, runId: string): Promise<unknown[]> {
  const facts = await openFacts(reader, vault, { runId, facts: await readFacts(reader, runId) });
  return facts ?? [];
}

async function effectsOf(opener: Opener, runId: string): Promise<unknown[]> {
  const { rows } = await sql<Row>`
    select id, action, state, external_id as "externalId", url, created_at as "createdAt", settled_at as "settledAt", request, message
    from effect where owner_kind = 'run' and owner_id = ${runId} order by id`.execute(opener.reader);
  return withOpened(opener, rows, { request: ({ id }) => requestPlace(id), message: ({ id }) => messagePlace(id) });
}

async function approvalsOf(opener: Opener, runId: string): Promise<unknown[]> {
  const { rows } = await sql<Row>`
    select id, state, asked_at as "askedAt", decided_at as "decidedAt", title, text, reason
    from approval where run_id = ${runId} order by id`.execute(opener.reader);
  const place = (column: string) => (row: Row) => `approval.${column}|${row.id}`;
  return withOpened(opener, rows, { title: place("title"), text: place("text"), reason: place("reason") });
}

async function withOpened(
  { reader, vault }: Opener,
  rows: readonly Row[],
  places: Readonly<Record<string, (row: Row) => string>>,
): Promise<Record<string, unknown>[]> {
  const columns = Object.entries(places);
  const cells = rows.flatMap((row) =>
    columns.map(([column, place]) => ({ sealed: bytesOf(row[column]), place: place(row) })),
  );
  const opened = await vault.open(reader, cells);
  return rows.map((row, index) => ({
    ...row,
    ...Object.fromEntries(columns.map(([column], at) => [column, plain(opened[index * columns.length + at])])),
  }));
}

const bytesOf = (value: unknown): Buffer | null => (Buffer.isBuffer(value) ? value : null);

function plain(cell: Opened | undefined): unknown {
  if (!cell || cell.erased) return null;
  return Buffer.isBuffer(cell.value) ? cell.value.toString("utf8") : cell.value;
}
