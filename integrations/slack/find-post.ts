import { z } from "zod";
import type { Found, LookUp } from "../connector.js";
import { ConnectorError } from "../outcome.js";
import { readableId } from "./channel-id.js";
import { slackApi, type SlackApi } from "./client.js";
import type { SlackConfig, SlackSecret } from "./config.js";
import { carries } from "./effect-mark.js";
import { sent } from "./post.js";

const messageSchema = z.object({
  ts: z.string(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .optional()
    .catch(undefined),
});
const pageSchema = z.object({
  messages: z.array(messageSchema),
  has_more: z.boolean().optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** A post that timed out is given these ten seconds to land late. */
const LANDING_MS = 10_000;

/** How long a doubt stays open: well past the moment from which an empty look-up is a proof. */
export const POST_DOUBT = { windowMs: 120_000, waitsMs: [5_000, 10_000, 15_000, 30_000] } as const;

interface Posted {
  readonly channel: string;
  readonly threadTs?: string | undefined;
}

/** Reads the channel (or the thread) back to `since` for the message that carries the key. */
export async function findPost(posted: Posted, lookUp: LookUp<SlackConfig, SlackSecret>): Promise<Found> {
  try {
    const api = slackApi(lookUp);
    const channel = await readableId(api, posted.channel);
    const ts = await search(api, { ...posted, channel }, lookUp);
    if (ts !== null) return { kind: "found", sent: sent({ ...posted, channel, ts }, lookUp.connection.config) };
    return notThere(lookUp);
  } catch (error) {
    if (error instanceof ConnectorError) return unreadableHistory(error);
    throw error;
  }
}

async function search(
  api: SlackApi,
  at: Posted,
  { key, since }: Pick<LookUp, "key" | "since">,
): Promise<string | null> {
  const method = at.threadTs ? "conversations.replies" : "conversations.history";
  let cursor = "";
  do {
    const page = await api.read(method, searchArguments(at, since, cursor), pageSchema);
    const match = page.messages.find((message) => carries(message, key));
    if (match) return match.ts;
    cursor = page.response_metadata?.next_cursor ?? "";
    if (page.has_more && !cursor) throw cutShort();
  } while (cursor !== "");
  return null;
}

const searchArguments = ({ channel, threadTs }: Posted, since: Date, cursor: string): Record<string, unknown> => ({
  channel,
  ...(threadTs && { ts: threadTs }),
  oldest: (since.getTime() / 1000).toFixed(6),
  include_all_metadata: true,
  limit: 200,
  ...(cursor && { cursor }),
});

/** A page that says there is more and not how to get it: absence would be no proof. */
const cutShort = (): ConnectorError =>
  new ConnectorError({
    outcome: "TRANSIENT",
    code: "history_cut_short",
    message: "Slack gave only part of the history.",
  });

/** A proof once the last post has timed out and had its time to land; both moments are the database's. */
function notThere({ lastSentAt, now, deadlineMs }: Pick<LookUp, "lastSentAt" | "now" | "deadlineMs">): Found {
  const early = lastSentAt.getTime() + deadlineMs + LANDING_MS - now.getTime();
  if (early <= 0) return { kind: "absent" };
  return {
    kind: "inconclusive",
    reason: "Not in the channel yet; a message that Slack was slow to take may still appear.",
    retryAfterMs: early,
  };
}

/** Dead credentials stop the connection; whatever else keeps us from reading proves nothing. */
function unreadableHistory(error: ConnectorError): Found {
  if (error.outcome === "AUTH" && error.code !== "missing_scope") throw error;
  return {
    kind: "inconclusive",
    reason: `The channel's history cannot be read. ${error.message}`,
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
  };
}
