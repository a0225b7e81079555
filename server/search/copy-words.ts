import { sql } from "kysely";
import { z } from "zod";
import { firstIdAt } from "../../workflows/ledger/uuid.js";
import { runInBackground, type Background } from "../../workflows/background.js";
import { insertRows } from "../../workflows/ledger/rows.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db, Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import { searchableWords } from "./searchable-words.js";

export interface CopierDependencies {
  readonly db: Db;
  readonly vault: Vault;
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
}

/** Revisions a turn, of each workspace. */
const BATCH = 500;
/** Ids are given before they are stored: one may come to stand before what was copied already, but not by more. */
const LATE_MS = 60_000;

/** Copies what was said where that is to be searched, and deletes the copies where it no longer is. Any number may run. */
export const startWordCopier = (own: CopierDependencies): Background =>
  runInBackground({
    everyMs: own.everyMs,
    onError: own.onError,
    turn: () => transact(own.db, async (tx) => (await copyWords(tx, own.vault)) || (await clearCopies(tx))),
  });

interface RevisionRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly comment: Buffer;
  readonly respondent: Buffer | null;
}

/** True when there was something to copy. */
export async function copyWords(tx: Tx, vault: Vault): Promise<boolean> {
  const rows = await uncopied(tx);
  const texts = await vault.open(
    tx,
    rows.flatMap(({ id, comment, respondent }) => [
      { sealed: comment, place: `revision.comment|${id}` },
      { sealed: respondent, place: `revision.respondent|${id}` },
    ]),
  );
  const valueAt = (index: number): unknown => {
    const cell = texts[index];
    return cell && !cell.erased ? cell.value : null;
  };
  // What has no words any more gets an empty copy, so that it is not looked at again.
  const copies = rows.map(({ id, workspace_id }, index) => ({
    ...{ id, workspace_id },
    words: wordsOf(valueAt(index * 2), valueAt(index * 2 + 1)),
  }));
  await insertRows(tx, {
    into: "search_copy",
    rows: copies,
    columns: {
      revision_id: ["uuid", ({ id }) => id],
      workspace_id: ["uuid", ({ workspace_id }) => workspace_id],
      words: ["text", ({ words }) => words],
    },
    conflict: "is passed over",
  });
  await noteProgress(tx, rows);
  return rows.length > 0;
}

const respondentSchema = z.object({ name: z.string().nullable() }).catch({ name: null });

const wordsOf = (comment: unknown, respondent: unknown): string =>
  typeof comment === "string" ? searchableWords(comment, respondentSchema.parse(respondent).name) : "";

/** Held fast until the copy stands, so that neither an erasure nor the end of their time passes between reading and copying. */
async function uncopied(tx: Tx): Promise<readonly RevisionRow[]> {
  const { rows } = await sql<RevisionRow>`
    select said.* from word_search cross join lateral (
      select revision.id, revision.workspace_id, revision.comment, revision.respondent from revision
      where revision.workspace_id = word_search.workspace_id
        and revision.id > least(word_search.upto, ${firstIdAt(Date.now() - LATE_MS)}::uuid)
        and revision.comment is not null
        and not exists (select from search_copy where search_copy.revision_id = revision.id)
      order by revision.id limit ${BATCH} for share of revision) as said
    where word_search.state = 'on'`.execute(tx);
  return rows;
}

async function noteProgress(tx: Tx, rows: readonly RevisionRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await sql`
    update word_search set upto = greatest(upto, copied.last)
    from (select workspace_id, max(id::text)::uuid as last from revision where id = any(${ids}::uuid[]) group by 1) as copied
    where copied.workspace_id = word_search.workspace_id`.execute(tx);
}

/** True when there may be more to delete. */
export async function clearCopies(tx: Tx): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    delete from search_copy where revision_id in (
      select revision_id from search_copy join word_search using (workspace_id)
      where word_search.state = 'clearing' limit ${BATCH * 10} for update of search_copy skip locked)`.execute(tx);
  if (numAffectedRows > 0n) return true;
  await sql`
    delete from word_search where state = 'clearing'
      and not exists (select from search_copy where search_copy.workspace_id = word_search.workspace_id)`.execute(tx);
  return false;
}
