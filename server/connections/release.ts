import { sql } from "kysely";
import { runInBackground, type Background } from "../../workflows/background.js";
import { releaseRunsOf } from "../../workflows/ledger/due.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Connector } from "../../integrations/connector.js";
import type { Db } from "../db/database.js";

export interface ReleaseDependencies {
  readonly db: Db;
  readonly findConnector: (name: string) => Connector | undefined;
}

type Mended = { readonly id: string; readonly connector: string };

/** Between two released runs where a connector names no rate, milliseconds. */
const SPACING_MS = 100;

/** What waited for a connection goes on, spread over its rate. Asked twice, nothing happens twice. Answers how many runs. */
export function release({ db, findConnector }: ReleaseDependencies, { id, connector }: Mended): Promise<number> {
  const spacingMs = findConnector(connector)?.rates["connection"]?.intervalMs ?? SPACING_MS;
  return transact(db, (tx) => releaseRunsOf(tx, id, spacingMs));
}

/** What rests on a connection that works: whoever mended it died, or lost the database, before the release. */
export async function releaseForgotten(own: ReleaseDependencies): Promise<void> {
  const { rows } = await sql<Mended>`
    select id, connector from connection where state = 'ok' and not lw_stands_still() and exists (
      select from effect join run on run.id = effect.owner_id
      where effect.connection_id = connection.id and effect.settled_at is null and effect.owner_kind = 'run'
        and run.finished_at is null and not run.driven and run.due_at = 'infinity')`.execute(own.db);
  for (const connection of rows) await release(own, connection);
}

/** The net under every release. */
export const startForgottenReleaser = (
  own: ReleaseDependencies & { readonly everyMs: number; readonly onError: (error: unknown) => void },
): Background =>
  runInBackground({
    everyMs: own.everyMs,
    onError: own.onError,
    turn: async () => {
      await releaseForgotten(own);
      return false;
    },
  });
