import { randomInt } from "node:crypto";
import { sql } from "kysely";
import { runInBackground, type Background } from "../../workflows/background.js";
import { groupBy } from "../../workflows/flow/group-by.js";
import { databaseNow } from "../../workflows/ledger/clock.js";
import { rowsAs } from "../../workflows/ledger/rows.js";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { storedSettings } from "../settings/settings.js";
import { dayId } from "./day-id.js";
import { groupsAtRandom } from "./groups-at-random.js";

export interface GrouperDependencies {
  readonly db: Db;
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
  /** After commit: open pages of this workspace read again what employees said. */
  readonly changed: (workspaceId: string) => void;
}

/** What of one source may be in one group: reviews with those of the same relation only. */
interface Waiting {
  readonly workspace_id: string;
  readonly source_id: string;
  readonly relation: string | null;
}

/** Puts what employees said into groups, from which on it is shown. Any number may run. */
export const startEmployeeGrouper = ({ db, everyMs, onError, changed }: GrouperDependencies): Background =>
  runInBackground({
    everyMs,
    onError,
    turn: async () => {
      for (const waiting of await waitingOf(db))
        if (await transact(db, (tx) => formGroups(tx, waiting))) changed(waiting.workspace_id);
      return false;
    },
  });

async function waitingOf(reader: Reader): Promise<readonly Waiting[]> {
  const { rows } = await sql<Waiting>`
    select distinct workspace_id, source_id, relation from revision
    where domain = 'employee' and group_id is null`.execute(reader);
  return rows;
}

/** Revisions that one turn puts into groups, of each source. */
const MOST = 5_000;

/** True where there were enough people. All that wait go at once, so that the next group begins with somebody new. */
export async function formGroups(tx: Tx, waiting: Waiting): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`employee groups ${waiting.source_id}`}, 0))`.execute(tx);
  const byPerson = groupBy(
    await withoutGroup(tx, waiting),
    ({ person }) => person,
    ({ id }) => id,
  );
  const { employeeGroup: least } = await storedSettings(tx, waiting.workspace_id);
  const groups = groupsAtRandom([...byPerson.keys()], least, () => randomInt(2 ** 47));
  for (const people of groups) {
    const ids = people.flatMap((person) => byPerson.get(person) ?? []);
    await insertGroup(tx, waiting, { ids, least });
  }
  return groups.length > 0;
}

/** Held fast, so that nobody is erased from a group while it forms. */
async function withoutGroup(
  tx: Tx,
  { source_id, relation }: Waiting,
): Promise<readonly { id: string; person: string }[]> {
  const { rows } = await sql<{ id: string; person: string }>`
    select revision.id, coalesce(response.contact_id, response.id) as person
    from revision join response on response.id = revision.response_id
    where revision.source_id = ${source_id} and revision.domain = 'employee' and revision.group_id is null
      and revision.relation is not distinct from ${relation}
    order by revision.id limit ${MOST} for update of revision`.execute(tx);
  return rows;
}

async function insertGroup(
  tx: Tx,
  { workspace_id }: Waiting,
  { ids, least }: { readonly ids: readonly string[]; readonly least: number },
): Promise<void> {
  const [id, now] = [uuidv7(), await databaseNow(tx)];
  await sql`
    insert into employee_group (id, workspace_id, revisions, least, formed_at)
    values (${id}, ${workspace_id}, ${ids.length}, ${least}, ${now})`.execute(tx);
  await sql`
    update revision set group_id = ${id}, shown_as = shown.as_id
    from ${rowsAs("shown", ids, { revision_id: ["uuid", (one) => one], as_id: ["uuid", () => dayId(now)] })}
    where revision.id = shown.revision_id`.execute(tx);
}
