import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from "kysely";
import { UNANSWERED } from "../../workflows/ledger/unanswered.js";

type Answer = PostgresQueryResult<never>;

/** Of a statement whose answer nobody reads. */
const NO_ANSWER: Answer = { command: "SELECT", rowCount: 0, rows: [] };

/**
 * A connection on which a transaction waits only for answers that somebody reads: `begin` and what is marked `UNANSWERED` is sent and
 * followed at once by the next statement. The first error of those before it is the next statement's error, and the commit's at the
 * latest, so nothing is committed that failed. Needs a connection that sends statements without waiting for the one before ("pipeline").
 */
export function sendingAhead(client: PostgresPoolClient): PostgresPoolClient {
  /** Sent in the transaction in hand, and not yet heard of; null outside one. */
  let ahead: Promise<unknown>[] | null = null;

  async function ask<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
    const isBegin = text === "begin";
    if (isBegin) ahead = [];
    const sent = client.query<Row>(text, values);
    if (ahead && (isBegin || text.startsWith(UNANSWERED))) {
      // Heard by whoever asks next.
      sent.catch(() => undefined);
      ahead.push(sent);
      return NO_ANSWER;
    }
    const before = ahead ?? [];
    if (ahead) ahead = text === "commit" || text === "rollback" ? null : [];
    if (text === "rollback") await Promise.allSettled(before);
    else await Promise.all([...before, sent]);
    return sent;
  }

  function query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== "string") throw new Error("cursors are not in use here");
    return ask(text, values);
  }
  return { query, release: () => client.release() };
}
