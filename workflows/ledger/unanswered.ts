import { sql, type RawBuilder } from "kysely";

/**
 * Begins a statement of a transaction whose answer nobody reads: it is sent, and the next one right behind it, without waiting for the
 * way to the database and back. What it has to say against it comes with the next answer, at the latest with that of the commit.
 */
export const UNANSWERED = "/* unanswered */";

export const unanswered: RawBuilder<unknown> = sql.raw(UNANSWERED);
