import type { Kysely, Transaction } from "kysely";

/**
 * One transaction, without tables: each store names its own (`tx.withTables<RunTables>()`), so that no feature knows another's.
 */
export type Tx = Transaction<object>;
export type Db = Kysely<object>;
/** Reads that may or may not be part of a transaction. */
export type Reader = Db | Tx;
