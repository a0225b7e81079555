import { sql, type RawBuilder } from "kysely";
import type { Tx } from "./tx.js";
import { unanswered } from "./unanswered.js";

/**
 * For the rest of its transaction: the commit does not wait for the disk. Only where nobody is told of what it writes (but pages, which
 * read again), and nothing outside is done by it, before some later commit that does wait: the log is flushed in its order, so that one
 * takes this one with it (PostgreSQL's manual, "Asynchronous Commit"). A crash of the database in between forgets it whole, and it is
 * done again.
 */
export const flushedLater: RawBuilder<string> = sql`set_config('synchronous_commit', 'off', true)`;

/** As a statement of its own, which costs no wait. */
export const flushLater = (tx: Tx): Promise<unknown> => sql`${unanswered} select ${flushedLater}`.execute(tx);
