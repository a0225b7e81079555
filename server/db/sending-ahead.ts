import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from "kysely";
import { UNANSWERED } from "../../workflows/ledger/unanswered.js";

type Answer = PostgresQueryResult<never>;

/** Of a statement whose answer nobody reads. */
const NO_ANSWER: Answer = { command: "SELECT", rowCount: 0, rows: [] };

/** Keeps what is written until `uncork`, then writes it at once (a stream of Node). */
export interface Corkable {
  cork(): void;
  uncork(): void;
}

/**
 * A connection on which a transaction waits only for answers that somebody reads: `begin` and what is marked `UNANSWERED` leaves together
 * with the statement that comes next. The first error of those before it is that statement's error, and the commit's at the latest, so
 * nothing is committed that failed. Needs a connection that sends statements without waiting for the one before ("pipeline").
 */
export function sendingAhead(client: PostgresPoolClient, stream: Corkable): PostgresPoolClient {
  /** Of the transaction in hand, what was not heard of yet; null outside one. */
  let ahead: Promise<unknown>[] | null = null;
  /** The first failure of it that was heard of. */
  let failure: { readonly error: unknown } | null = null;

  function sendAhead(before: Promise<unknown>[], text: string, values: readonly unknown[]): Answer {
    if (before.length === 0) stream.cork();
    const sent = client.query(text, values);
    // Thrown by whoever asks next.
    sent.catch((error: unknown) => {
      failure ??= { error };
    });
    before.push(sent);
    return NO_ANSWER;
  }

  async function ask<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
    const before = ahead ?? [];
    // What could not even be sent the server knows nothing of: it would commit the rest.
    if (text === "commit" && failure) throw failure.error;
    const sent = client.query<Row>(text, values);
    if (before.length > 0) stream.uncork();
    if (ahead) ahead = ends.has(text) ? null : [];
    // Whoever gives up has heard why.
    if (text === "rollback") await Promise.allSettled(before);
    else await Promise.all([...before, sent]);
    if (text === "commit") refuseRollback(await sent);
    return sent;
  }

  function query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== "string") throw new Error("cursors are not in use here");
    if (text === "begin") [ahead, failure] = [[], null];
    return ahead && (text === "begin" || text.startsWith(UNANSWERED))
      ? Promise.resolve(sendAhead(ahead, text, values))
      : ask(text, values);
  }
  return { query, release: () => client.release() };
}

/** PostgreSQL ends a transaction that was aborted by ROLLBACK when it is asked to commit, and calls that no error. */
function refuseRollback({ command }: { readonly command: string }): void {
  if (command !== "COMMIT")
    throw new Error("The transaction was aborted by an error that nobody heard: nothing of it was kept.");
}

const ends: ReadonlySet<string> = new Set(["commit", "rollback"]);
