import { createHash } from "node:crypto";
import type { Feedback } from "../../integrations/feedback.js";
import { canonicalJson } from "../../workflows/flow/canonical-json.js";
import { categoryOf } from "../../workflows/flow/fields.js";
import type { StartValues } from "../../workflows/flow/start-values.js";

/** One verified, mapped delivery on its way into the database. */
export interface IncomingEvent {
  readonly workspaceId: string;
  readonly source: { readonly id: string; readonly name: string };
  readonly feedback: Feedback;
  readonly raw: Buffer;
  readonly receivedAt: Date;
  /** Nobody said anything: a flow is started. Then `raw` is what it was asked with. */
  readonly start?: StartedBy;
}

/** Kept sealed, beside who it is about. */
export interface StartedBy {
  /** Whoever it was, as they are called; null: a clock. */
  readonly by: string | null;
  /** It was a program, with a token of that name. */
  readonly byToken?: boolean;
  readonly fields: StartValues;
}

/** The same for every delivery of it: `eventId` is the stored revision; null where its author was erased, and nothing is stored again. */
export interface AcceptedEvent {
  readonly eventId: string | null;
  readonly runIds: readonly string[];
  readonly duplicate: boolean;
}

/**
 * What a response said, whatever bytes it came in: keys in a fixed order, so that a re-serialised body is the same content; a time
 * that nobody said is left out, so that a redelivery is too. To be blinded before it is stored: a short answer could be guessed
 * from its hash.
 */
export const contentHash = ({ feedback, start, raw }: Pick<IncomingEvent, "feedback" | "start" | "raw">): string =>
  start ? hashOf(raw) : hashOf(canonicalJson(saidIn(feedback)));

export const hashOf = (said: string | Buffer): string => createHash("sha256").update(said).digest("base64");

function saidIn({ occurredAt, occurredAtArrival, ...said }: Feedback) {
  return occurredAtArrival ? said : { ...said, occurredAt };
}

/** The clear part of an event: what triggers may judge by. */
export function triggerContext(
  event: IncomingEvent,
  eventId: string,
  account: Readonly<Record<string, unknown>> | null,
) {
  const { feedback, source } = event;
  return {
    feedback: {
      id: eventId,
      score: feedback.score,
      metric: feedback.metric,
      category: categoryOf(feedback.metric, feedback.score),
      language: feedback.language,
      source: source.name,
      sourceId: source.id,
      domain: feedback.domain,
      product: feedback.product,
      relation: feedback.relation ?? null,
      occurredAt: feedback.occurredAt,
      attributes: feedback.attributes,
    },
    contact: null,
    account,
  };
}
