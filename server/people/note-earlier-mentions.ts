import { sql } from "kysely";
import { NIL_UUID } from "../../workflows/ledger/uuid.js";
import { runInBackground, type Background } from "../../workflows/background.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { openTexts } from "../privacy/open-texts.js";
import type { Vault } from "../privacy/vault.js";
import { respondentsOf } from "./respondent.js";
import { noteMentions } from "./mentions.js";

export interface NotingDependencies {
  readonly db: Db;
  readonly vault: Vault;
}

const PAGE = 500;
/** Its counter says that it was done, and of how many revisions. */
const DONE = "mentions_noted_total";

/** Once in an installation's life: what was said before addresses and numbers in it were noted. */
export const startNotingMentions = (
  own: NotingDependencies & { readonly everyMs: number; readonly onError: (error: unknown) => void },
): Background => runInBackground({ everyMs: own.everyMs, onError: own.onError, turn: createNoting(own) });

/** One page a turn; true: there is more. Who starts anew begins at the beginning: noting twice changes nothing. */
export function createNoting({ db, vault }: NotingDependencies): () => Promise<boolean> {
  let walk: { readonly after: string; readonly read: number } | "done" = { after: NIL_UUID, read: 0 };
  return async () => {
    if (walk === "done") return false;
    const { after, read } = walk;
    if (after === NIL_UUID && (await wasDone(db))) {
      walk = "done";
      return false;
    }
    const page = await transact(db, (tx) => notePage(tx, vault, after));
    const all = read + page.read;
    walk = page.last === null ? "done" : { after: page.last, read: all };
    if (walk === "done") await tell(db, all);
    return walk !== "done";
  };
}

async function wasDone(reader: Reader): Promise<boolean> {
  const { rows } = await sql`select from counter where name = ${DONE}`.execute(reader);
  return rows.length > 0;
}

const tell = (db: Db, read: number): Promise<unknown> =>
  sql`insert into counter (name, n) values (${DONE}, ${read}) on conflict do nothing`.execute(db);

interface SaidRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly response_id: string;
  readonly contact_id: string | null;
  readonly comment: Buffer | null;
  readonly respondent: Buffer | null;
}

/** The responses are locked: who is being erased is not noted again behind that. */
async function notePage(
  tx: Tx,
  vault: Vault,
  after: string,
): Promise<{ readonly read: number; readonly last: string | null }> {
  const { rows } = await sql<SaidRow>`
    select revision.id, revision.workspace_id, revision.response_id, response.contact_id, revision.comment, revision.respondent
    from revision join response on response.id = revision.response_id
    where revision.id > ${after} order by revision.id limit ${PAGE} for share of response`.execute(tx);
  const comments = await openTexts(
    vault,
    tx,
    rows.map(({ id, comment }) => ({ sealed: comment, place: `revision.comment|${id}` })),
  );
  const respondents = await respondentsOf(
    tx,
    vault,
    rows.map(({ id, respondent }) => ({ revisionId: id, respondent })),
  );
  await noteMentions(
    tx,
    vault,
    rows.map(({ workspace_id, response_id, contact_id }, index) => ({
      workspaceId: workspace_id,
      responseId: response_id,
      comment: comments[index] ?? null,
      phone: contact_id === null ? (respondents[index]?.phone ?? null) : null,
    })),
  );
  return { read: rows.length, last: rows.length < PAGE ? null : (rows.at(-1)?.id ?? null) };
}
