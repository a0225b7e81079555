import { channelById, channelForReading, openDirectMessage, showChannel } from "../channels.js";
import type { MethodCall, SlackMethod } from "../method.js";
import { argumentRefusal, SlackRefusal } from "../refusal.js";
import type { ChannelRow } from "../rows.js";

const DEFAULT_LIMIT = 100;

/** Slack's kind of page: an opaque cursor and, at the end, an empty one. */
export const paginate = <Row>({ args }: MethodCall, rows: readonly Row[]): { rows: readonly Row[]; cursor: string } => {
  const limit = Math.min(args.number("limit") ?? DEFAULT_LIMIT, 1000);
  const given = args.text("cursor") ?? "";
  const start = given === "" ? 0 : Number(/^offset:(\d+)$/.exec(Buffer.from(given, "base64").toString())?.[1] ?? NaN);
  if (Number.isNaN(start)) throw new SlackRefusal("invalid_cursor");
  const end = start + limit;
  return {
    rows: rows.slice(start, end),
    cursor: end < rows.length ? Buffer.from(`offset:${end}`).toString("base64") : "",
  };
};

const KINDS: Readonly<Record<string, ChannelRow["kind"] | "none">> = {
  public_channel: "channel",
  private_channel: "none",
  mpim: "none",
  im: "im",
};

const wantedKinds = (types: string): ReadonlySet<string> =>
  new Set(
    types.split(",").map((type) => {
      const kind = KINDS[type.trim()];
      if (kind === undefined) throw new SlackRefusal("invalid_types");
      return kind;
    }),
  );

const list = (call: MethodCall): Record<string, unknown> => {
  const kinds = wantedKinds(call.args.text("types") ?? "public_channel");
  const hideArchived = call.args.flag("exclude_archived");
  const channels = call.state.channels.all().filter((row) => kinds.has(row.kind) && !(hideArchived && row.archived));
  const page = paginate(call, channels);
  return {
    channels: page.rows.map((row) => {
      const counted = row.kind === "channel" ? { num_members: row.members.length } : {};
      return { ...showChannel(row, call.token.userId), ...counted };
    }),
    response_metadata: { next_cursor: page.cursor },
  };
};

const info = (call: MethodCall): Record<string, unknown> => {
  const channel = channelForReading(call.state, call.token, call.args.need("channel"), "read");
  const counted = call.args.flag("include_num_members") ? { num_members: channel.members.length } : {};
  return { channel: { ...showChannel(channel, call.token.userId), ...counted } };
};

const join = (call: MethodCall): Record<string, unknown> => {
  const { state, token } = call;
  const channel = channelById(state, call.args.need("channel"));
  if (channel.kind === "im") throw new SlackRefusal("method_not_supported_for_channel_type");
  if (channel.archived) throw new SlackRefusal("is_archived");
  if (channel.members.includes(token.userId)) {
    const already = { warning: "already_in_channel", response_metadata: { warnings: ["already_in_channel"] } };
    return { channel: showChannel(channel, token.userId), ...already };
  }
  const joined = { ...channel, members: [...channel.members, token.userId] };
  state.channels.put(channel.id, joined);
  state.world.changed("slack");
  return { channel: showChannel(joined, token.userId) };
};

const members = (call: MethodCall): Record<string, unknown> => {
  const channel = channelForReading(call.state, call.token, call.args.need("channel"), "read");
  const page = paginate(call, channel.members);
  return { members: page.rows, response_metadata: { next_cursor: page.cursor } };
};

const reopen = ({ state }: MethodCall, id: string) => ({ channel: channelById(state, id), alreadyOpen: true });

const open = (call: MethodCall): Record<string, unknown> => {
  const users = call.args.text("users");
  const wanted = call.args.text("channel");
  if (users?.includes(",") === true)
    throw argumentRefusal("invalid_arguments", "the sandbox opens conversations with one person only");
  if (users === undefined && wanted === undefined) throw new SlackRefusal("users_list_not_supplied");
  const opened = users === undefined ? reopen(call, wanted ?? "") : openDirectMessage(call.state, users);
  const again = opened.alreadyOpen ? { no_op: true, already_open: true } : {};
  const { id, created, members: people } = opened.channel;
  const user = people.find((member) => member !== call.token.userId) ?? "";
  return {
    ...again,
    channel: call.args.flag("return_im") ? { id, created, is_im: true, is_open: true, user } : { id },
  };
};

const read = ["channels:read", "groups:read", "im:read", "mpim:read"];

export const conversationMethods: Readonly<Record<string, SlackMethod>> = {
  "conversations.list": { writes: false, token: "bot", scopes: read, run: list },
  "conversations.info": { writes: false, token: "bot", scopes: read, run: info },
  "conversations.members": { writes: false, token: "bot", scopes: read, run: members },
  "conversations.join": { writes: true, token: "bot", scopes: ["channels:join"], run: join },
  "conversations.open": { writes: true, token: "bot", scopes: ["im:write", "mpim:write"], run: open },
};
