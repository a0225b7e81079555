import { hearWhole, ANSWER_CHANNEL, say, type Message } from "../db/questions.js";
import type { Db } from "../db/database.js";
import { DomainError, notFound } from "../errors.js";
import { loggable, type Log } from "../http/log.js";
import type { Envelope } from "../privacy/envelope.js";
import { findConnection } from "./connection-store.js";
import type { ConnectionCalls } from "./connection-calls.js";
import { openQuestion, sealAnswer, type RemoteAnswer, type RemoteQuestion } from "./remote-call-messages.js";

export interface RemoteCallResponderDependencies {
  readonly db: Db;
  readonly envelope: Envelope;
  /** Calls that may open outbound secrets. */
  readonly calls: ConnectionCalls;
  readonly log: Log;
}

/**
 * Answers what api processes ask: returns what the listener hears on `QUESTION_CHANNEL`. Every worker answers, and the first answer
 * counts: they only read, and a worker that is about to die cannot keep a person waiting.
 */
export function createRemoteCallResponder(dependencies: RemoteCallResponderDependencies): (payload: string) => void {
  return hearWhole((message) => {
    answer(dependencies, message).catch((error: unknown) => {
      dependencies.log.error({ err: loggable(error) }, "A question of the api could not be answered");
    });
  });
}

async function answer(dependencies: RemoteCallResponderDependencies, { id, bytes }: Message): Promise<void> {
  const { db, envelope } = dependencies;
  const question = openQuestion(envelope, id, bytes);
  const found = await work(dependencies, question).catch((error: unknown): RemoteAnswer =>
    refused(dependencies, error),
  );
  await say(db, ANSWER_CHANNEL, { id, bytes: sealAnswer(envelope, id, found) });
}

async function work({ db, calls }: RemoteCallResponderDependencies, question: RemoteQuestion): Promise<RemoteAnswer> {
  const stored = await findConnection(db, question.connectionId);
  if (!stored) throw notFound("connection");
  const { id, connector } = stored;
  if (question.kind === "options") {
    const { picker, query, values } = question;
    const items = await calls.options({ id, connector, stored, picker, query, values });
    return { kind: "options", items: items.map((item) => ({ ...item })) };
  }
  const { config, secrets } = question;
  const checked = await calls.check({ id, connector, config, secrets, stored });
  const { notes, ...check } = checked.check;
  return {
    kind: "checked",
    config: { ...checked.config },
    check: { ...check, notes: [...notes], facts: { ...check.facts } },
    sealed: {
      secret_inbound: checked.sealed.secret_inbound.toString("base64"),
      secret_outbound: checked.sealed.secret_outbound.toString("base64"),
      secrets_set: checked.sealed.secrets_set,
    },
  };
}

/** What the person may read goes back; everything else is this process's own to log. */
function refused({ log }: RemoteCallResponderDependencies, error: unknown): RemoteAnswer {
  if (error instanceof DomainError) {
    const { status, code, message, extra } = error;
    return { kind: "refused", problem: { status, code, message, extra: { ...extra } } };
  }
  log.error({ err: loggable(error) }, "A connection could not be asked for the api");
  return { kind: "refused", problem: null };
}
