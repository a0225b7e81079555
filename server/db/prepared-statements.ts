import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type pg from "pg";
import { sqlState, STALE_PLAN } from "../../workflows/ledger/transact.js";
import { sendingAhead, type Corkable } from "./sending-ahead.js";
import { createStatementNames, type StatementNames } from "./statement-names.js";

/**
 * The pool as the query builder sees it: a statement is parsed and planned once for each connection, not each time, which was a third of
 * the server's work in the hot path. A migration that changes what `select *` answers makes the server refuse the old plans (0A000):
 * from then on every statement goes by a new name, and `transact` tries again; a statement of its own fails that once.
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = createStatementNames();
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const own = known.get(client) ?? sendingAhead(preparingClient(client, names), streamOf(client));
      known.set(client, own);
      return own;
    },
  };
}

/** The socket; the driver has it public, its types do not. */
const streamOf = (client: pg.PoolClient): Corkable =>
  (client as pg.PoolClient & { connection: { stream: Corkable } }).connection.stream;

function preparingClient(client: pg.PoolClient, names: StatementNames): PostgresPoolClient {
  /** The driver failed, not the server: what this connection has prepared is not known any more. */
  let isUnsound = false;
  function query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== "string") throw new Error("cursors are not in use here");
    const name = names.of(text, values.length);
    return client.query({ text, values: [...values], ...(name !== undefined && { name }) }).catch((error: unknown) => {
      if (sqlState(error) === STALE_PLAN) names.renew();
      isUnsound ||= sqlState(error) === undefined;
      throw error;
    });
  }
  return { query, release: () => client.release(isUnsound) };
}
