import { createHash } from "node:crypto";
import type { Feedback } from "../../integrations/feedback.js";
import { categoryOf } from "../../workflows/flow/fields.js";

/** One verified, mapped delivery on its way into the database. */
export interface IncomingEvent {
  readonly workspaceId: string;
  readonly source: { readonly id: string; readonly name: string };
  readonly deliveryId: string | null;
  readonly feedback: Feedback;
  readonly raw: Buffer;
  readonly receivedAt: Date;
}

/** The same for every delivery of it: `eventId` is the stored revision. */
export interface AcceptedEvent {
  readonly eventId: string;
  readonly runIds: readonly string[];
  readonly duplicate: boolean;
}

/**
 * What a response said, whatever bytes it came in: keys in a fixed order, so that a re-serialised body is the same content. To be
 * blinded before it is stored: a short answer could be guessed from its hash.
 */
export const contentOf = (feedback: Feedback): string =>
  createHash("sha256")
    .update(JSON.stringify(sorted(feedback)))
    .digest("base64");

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
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
      occurredAt: feedback.occurredAt,
      attributes: feedback.attributes,
    },
    contact: null,
    account,
  };
}
