import { SLACK_ACCOUNT } from "../../sandbox-accounts.js";
import { argumentRefusal, SlackRefusal } from "../refusal.js";
import { channelById, channelForPosting } from "../channels.js";
import { MAX_TEXT, permalink, readContent, recordKey, showMessage } from "../messages.js";
import type { MethodCall, SlackMethod } from "../method.js";
import { checkPace } from "../pace.js";
import type { ChannelRow, MessageRow } from "../rows.js";
import { messageId } from "../state.js";

const findDuplicate = ({ state, args }: MethodCall, channel: string): MessageRow | undefined => {
  const id = args.text("client_msg_id");
  if (id === undefined || state.world.setting("slack.clientMsgIdDedupe") !== "on") return undefined;
  return state.channelMessages(channel).find((message) => message.clientMsgId === id);
};

const threadOf = ({ state, args }: MethodCall, channel: string): string | undefined => {
  const wanted = args.text("thread_ts");
  if (wanted === undefined || wanted === "") return undefined;
  const parent = state.messages.get(messageId(channel, wanted));
  if (parent === undefined) throw new SlackRefusal("thread_not_found");
  return parent.threadTs ?? wanted;
};

const createMessage = (call: MethodCall, channel: ChannelRow): MessageRow => {
  const content = readContent(call.state, call.args);
  const threadTs = threadOf(call, channel.id);
  const clientMsgId = call.args.text("client_msg_id");
  return {
    channel: channel.id,
    ts: call.state.nextTs(),
    user: call.token.userId,
    botId: SLACK_ACCOUNT.botId,
    ...content,
    text: content.text.slice(0, MAX_TEXT),
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(clientMsgId === undefined ? {} : { clientMsgId }),
  };
};

const postMessage = (call: MethodCall): Record<string, unknown> => {
  const channel = channelForPosting(call.state, call.token, call.args.need("channel"));
  checkPace(call.state, channel.id);
  const duplicate = findDuplicate(call, channel.id);
  const message = duplicate ?? createMessage(call, channel);
  if (duplicate === undefined) call.state.putMessage(message);
  recordKey(call.state, message);
  return { channel: channel.id, ts: message.ts, message: showMessage(message, true) };
};

const ownMessage = ({ state, args, token }: MethodCall, refusal: string): MessageRow => {
  const channel = channelById(state, args.need("channel"));
  const message = state.messages.get(messageId(channel.id, args.need("ts")));
  if (message === undefined || message.ephemeralTo !== undefined) throw new SlackRefusal("message_not_found");
  if (message.user !== token.userId) throw new SlackRefusal(refusal);
  return message;
};

const update = (call: MethodCall): Record<string, unknown> => {
  const message = ownMessage(call, "cant_update_message");
  const content = readContent(call.state, call.args);
  if (content.text.length > MAX_TEXT) throw new SlackRefusal("msg_too_long");
  const { blocks, metadata, ...rest } = message;
  // Blocks stay when none are sent; an empty list takes them away.
  const keptBlocks = call.args.has("blocks") ? content.blocks : blocks;
  const shownMetadata = content.metadata ?? metadata;
  const updated: MessageRow = {
    ...rest,
    text: content.text === "" ? message.text : content.text,
    edited: { user: call.token.userId, ts: call.state.nextTs() },
    ...(keptBlocks === undefined ? {} : { blocks: keptBlocks }),
    ...(shownMetadata === undefined ? {} : { metadata: shownMetadata }),
  };
  call.state.putMessage(updated);
  recordKey(call.state, updated);
  const { ts: _ts, ...shown } = showMessage(updated, true);
  return { channel: updated.channel, ts: updated.ts, text: updated.text, message: shown };
};

const remove = (call: MethodCall): Record<string, unknown> => {
  const message = ownMessage(call, "cant_delete_message");
  call.state.messages.delete(messageId(message.channel, message.ts));
  call.state.world.changed("slack");
  return { channel: message.channel, ts: message.ts };
};

const postEphemeral = (call: MethodCall): Record<string, unknown> => {
  const channel = channelForPosting(call.state, call.token, call.args.need("channel"));
  const user = call.args.need("user");
  if (!channel.members.includes(user)) throw new SlackRefusal("user_not_in_channel");
  const message = { ...createMessage(call, channel), ephemeralTo: user };
  call.state.putMessage(message);
  return { message_ts: message.ts };
};

const getPermalink = ({ state, args }: MethodCall): Record<string, unknown> => {
  const channel = channelById(state, args.need("channel"));
  const ts = args.text("message_ts");
  if (ts === undefined) throw argumentRefusal("invalid_arguments", "missing required field: message_ts");
  if (state.messages.get(messageId(channel.id, ts)) === undefined) throw new SlackRefusal("message_not_found");
  return { channel: channel.id, permalink: permalink(channel.id, ts, state.world.baseUrl("slack")) };
};

const chatWrite = { writes: true, token: "bot", scopes: ["chat:write"] } as const;

export const chatMethods: Readonly<Record<string, SlackMethod>> = {
  "chat.postMessage": { ...chatWrite, run: postMessage },
  "chat.update": { ...chatWrite, run: update },
  "chat.delete": { ...chatWrite, run: remove },
  "chat.postEphemeral": { ...chatWrite, run: postEphemeral },
  "chat.getPermalink": { writes: false, token: "bot", scopes: [], run: getPermalink },
};
