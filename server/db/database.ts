import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { preparing } from "./prepared-statements.js";
import { readTimestamp } from "./read-timestamp.js";

export type { Db, Reader, Tx } from "../../workflows/ledger/tx.js";

/** Integers beyond 2^53 do not occur here: counts and sequence numbers come back as numbers. */
const parsers = new pg.TypeOverrides();
parsers.setTypeParser(pg.types.builtins.INT8, Number);
parsers.setTypeParser(pg.types.builtins.TIMESTAMPTZ, readTimestamp);

export interface DatabaseOptions {
  readonly url: string;
  readonly maxConnections: number;
  readonly applicationName: string;
  /** How long a transaction may stand idle, milliseconds. Ours never wait for anything but the database. */
  readonly idleInTransactionMs?: number;
  /** For who asks by keys only, and the same questions for ever: see `PLANNED_ONCE`. */
  readonly plansOnce?: boolean;
}

/**
 * A statement is planned once for all values, by an index wherever there is one: planned while its table was empty, it would read the whole
 * of it for ever after. Left to itself the server plans `= any($1)` anew each time, which takes it several times as long as the reading.
 */
const PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off";

export interface OpenDatabase {
  readonly db: Kysely<object>;
  readonly pool: pg.Pool;
}

/**
 * The pool and its query builder. Statements that wait longer than 30 s are ended by the server, so no caller hangs for ever; so is the
 * transaction of a process that was stopped or cut off in the middle of it, so that its locks hold up nobody else.
 */
export function openDatabase({
  url,
  maxConnections,
  applicationName,
  idleInTransactionMs = 10_000,
  plansOnce = false,
}: DatabaseOptions): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    // The server's own limit is worth nothing where the server vanished.
    query_timeout: 40_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    types: parsers,
    pipeline: true,
    ...(plansOnce && { options: PLANNED_ONCE }),
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  // One that breaks while it is lent out tells its query; unheard, it would end the process as well.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return { db: new Kysely<object>({ dialect: new PostgresDialect({ pool: preparing(pool) }) }), pool };
}
