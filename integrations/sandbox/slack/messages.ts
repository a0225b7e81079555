import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import { isJson, type Args } from "./arguments.js";
import { acceptMessageBlocks } from "./blocks.js";
import { SlackRefusal } from "./refusal.js";
import type { MessageRow } from "./rows.js";
import { showFile } from "./show-file.js";
import type { SlackState } from "./state.js";

/** chat.postMessage cuts longer texts; chat.update refuses them. In characters. */
export const MAX_TEXT = 40_000;
/** Assumed: the error is documented, the limit is not. In bytes of JSON. */
const MAX_METADATA_BYTES = 16_000;

export const EFFECT_EVENT_TYPE = "loopwright_effect";

type Content = Pick<MessageRow, "text"> & Pick<Partial<MessageRow>, "blocks" | "metadata">;

const readMetadata = (args: Args): MessageRow["metadata"] => {
  const value = args.json("metadata", "invalid_metadata_format");
  if (value === undefined || !isJson(value)) return undefined;
  const { event_type: type, event_payload: payload } = value;
  if (typeof type !== "string" || !isJson(payload)) throw new SlackRefusal("invalid_metadata_schema");
  if (Buffer.byteLength(JSON.stringify(payload)) > MAX_METADATA_BYTES) throw new SlackRefusal("metadata_too_large");
  return { event_type: type, event_payload: payload };
};

/** Text, blocks and metadata of a post or an update, checked as Slack checks them. */
export const readContent = (state: SlackState, args: Args): Content => {
  const given = args.json("blocks", "invalid_blocks_format");
  const isEmpty = given === undefined || (Array.isArray(given) && given.length === 0);
  const blocks = isEmpty ? undefined : acceptMessageBlocks(given, () => state.world.nextId("b", 6));
  const metadata = readMetadata(args);
  const text = args.text("text") ?? "";
  if (text === "" && blocks === undefined && !args.has("attachments")) throw new SlackRefusal("no_text");
  return { text, ...(blocks === undefined ? {} : { blocks }), ...(metadata === undefined ? {} : { metadata }) };
};

export const permalink = (channel: string, ts: string, base: string): string =>
  `${base}/archives/${channel}/p${ts.replace(".", "")}`;

/** A write that carries our key counts as an effect; the same write repeated on the same message does not count twice. */
export const recordKey = ({ world }: SlackState, message: MessageRow): void => {
  const key = message.metadata?.event_type === EFFECT_EVENT_TYPE ? message.metadata.event_payload["k"] : undefined;
  if (typeof key !== "string") return;
  const externalId = `${message.channel}:${message.ts}`;
  world.recordEffect({
    system: "slack",
    key,
    externalId,
    url: permalink(message.channel, message.ts, world.baseUrl("slack")),
  });
};

const botProfile = {
  id: SLACK_ACCOUNT.botId,
  app_id: SLACK_ACCOUNT.appId,
  name: "Loopwright",
  deleted: false,
  updated: 1_700_000_000,
  team_id: SLACK_ACCOUNT.teamId,
};

const author = (message: MessageRow): Record<string, unknown> =>
  message.botId === undefined ? {} : { bot_id: message.botId, app_id: SLACK_ACCOUNT.appId, bot_profile: botProfile };

const optional = (message: MessageRow): Record<string, unknown> => ({
  ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
  ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  ...(message.edited === undefined ? {} : { edited: message.edited }),
});

export const showMessage = (message: MessageRow, withMetadata: boolean): Record<string, unknown> => ({
  type: "message",
  user: message.user,
  team: SLACK_ACCOUNT.teamId,
  text: message.text,
  ...author(message),
  ...optional(message),
  ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  ts: message.ts,
});

const replySummary = (replies: readonly MessageRow[]): Record<string, unknown> => {
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map((reply) => reply.user))];
  return { reply_count: replies.length, reply_users_count: users.length, reply_users: users };
};

export type Threads = ReadonlyMap<string, readonly MessageRow[]>;

/** Replies by their parent's ts. */
export const groupThreads = (messages: readonly MessageRow[]): Threads => {
  const threads = new Map<string, MessageRow[]>();
  for (const message of messages) {
    const parent = message.threadTs;
    if (parent === undefined || parent === message.ts) continue;
    const known = threads.get(parent);
    if (known === undefined) threads.set(parent, [message]);
    else known.push(message);
  }
  return threads;
};

interface Listing {
  readonly state: SlackState;
  readonly withMetadata: boolean;
  readonly threads: Threads;
}

/** A message as a history lists it: with its thread's summary, its reactions and its files. */
export const showInHistory = (
  message: MessageRow,
  { state, withMetadata, threads }: Listing,
): Record<string, unknown> => {
  const replies = threads.get(message.ts) ?? [];
  const reactions = message.reactions?.map(({ name, users }) => ({ name, users, count: users.length }));
  const files = message.files?.flatMap((id) => state.files.get(id) ?? []);
  return {
    ...showMessage(message, withMetadata),
    ...(message.clientMsgId === undefined ? {} : { client_msg_id: message.clientMsgId }),
    ...(replies.length === 0 ? {} : { thread_ts: message.ts, ...replySummary(replies) }),
    ...(reactions === undefined ? {} : { reactions }),
    ...(files === undefined ? {} : { files: files.map(showFile) }),
  };
};
