import { z } from "zod";
import type { Call, Sent } from "../connector.js";
import { ConnectorError } from "../outcome.js";
import { conversationId, readableId } from "./channel-id.js";
import { slackApi, type SlackApi } from "./client.js";
import type { SlackConfig, SlackSecret } from "./config.js";
import { clientMessageId, effectMark } from "./effect-mark.js";

const postedSchema = z.object({ channel: z.string(), ts: z.string() });

export interface Post {
  /** A channel id, or a person's id for a direct message. */
  readonly channel: string;
  readonly text: string;
  readonly blocks?: readonly object[] | undefined;
  readonly threadTs?: string | undefined;
}

/** chat.postMessage, marked with the effect's key; joins a public channel once if that is all that stands in the way. */
export async function post(message: Post, call: Call<SlackConfig, SlackSecret>): Promise<Sent> {
  const api = slackApi(call);
  const channel = await conversationId(api, message.channel);
  const send = () => api.write("chat.postMessage", postArguments(message, channel, call.key), postedSchema);
  const posted = await send().catch(async (error: unknown) => {
    if (!(error instanceof ConnectorError) || error.code !== "not_in_channel") throw error;
    await join(api, channel, error);
    return send();
  });
  return sent({ ...posted, threadTs: message.threadTs }, call.connection.config);
}

const postArguments = ({ text, blocks, threadTs }: Post, channel: string, key: string): Record<string, unknown> => ({
  channel,
  text,
  ...(blocks && { blocks }),
  ...(threadTs && { thread_ts: threadTs }),
  metadata: effectMark(key),
  client_msg_id: clientMessageId(key),
  // Only our own markup counts: Slack shall not turn "@here" or "#general" in a customer's words into mentions,
  parse: "none",
  link_names: false,
  // nor open the links in them.
  unfurl_links: false,
  unfurl_media: false,
});

async function join(api: SlackApi, channel: string, notInChannel: ConnectorError): Promise<void> {
  try {
    await api.write(
      "conversations.join",
      { channel: await readableId(api, channel) },
      z.object({ ok: z.literal(true) }),
    );
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    if (error.code === "already_in_channel") return;
    throw withoutJoining(error, notInChannel);
  }
}

/** The message itself is not posted whatever became of joining, so nothing here is in doubt. */
function withoutJoining(error: ConnectorError, notInChannel: ConnectorError): ConnectorError {
  if (error.outcome === "REJECTED" || error.code === "missing_scope") return notInChannel;
  if (error.outcome !== "AMBIGUOUS") return error;
  return new ConnectorError({ outcome: "TRANSIENT", code: error.code, message: error.message, cause: error });
}

/** What `sent` answers. */
export const POSTED_OUTPUT = {
  ts: { title: "Message id", type: "string", dataClass: "clear", sample: "1700000000.000100" },
  channel: { title: "Channel id", type: "string", dataClass: "clear", sample: "C0CHANNEL" },
} as const;

export function sent(at: { channel: string; ts: string; threadTs?: string | undefined }, config: SlackConfig): Sent {
  return {
    externalId: `${at.channel}/${at.ts}`,
    url: messageUrl(at, config),
    output: { ts: at.ts, channel: at.channel },
  };
}

/** The form that chat.getPermalink gives; null until a check has told the workspace's address. */
function messageUrl(
  at: { channel: string; ts: string; threadTs?: string | undefined },
  config: SlackConfig,
): string | null {
  const base = config.facts?.workspaceUrl;
  if (!base) return null;
  const url = new URL(`archives/${at.channel}/p${at.ts.replace(".", "")}`, base.endsWith("/") ? base : `${base}/`);
  if (at.threadTs) url.search = new URLSearchParams({ thread_ts: at.threadTs, cid: at.channel }).toString();
  return url.href;
}
