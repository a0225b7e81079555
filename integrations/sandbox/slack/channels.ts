import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import { requireScope } from "./authorize.js";
import { SlackRefusal } from "./refusal.js";
import type { ChannelRow, TokenRow } from "./rows.js";
import type { SlackState } from "./state.js";

export const scopeFor = (channel: ChannelRow, verb: "read" | "history"): string =>
  `${channel.kind === "im" ? "im" : "channels"}:${verb}`;

/** conversations.* take ids only. */
export const channelById = (state: SlackState, id: string): ChannelRow => {
  const channel = state.channels.get(id);
  if (channel === undefined) throw new SlackRefusal("channel_not_found");
  return channel;
};

/** The direct-message channel between the app and a person; opened when there is none. */
export const openDirectMessage = (state: SlackState, userId: string): { channel: ChannelRow; alreadyOpen: boolean } => {
  const user = state.users.get(userId);
  if (user === undefined) throw new SlackRefusal("user_not_found");
  const members = [userId, SLACK_ACCOUNT.botUserId];
  const known = state.channels.all().find((row) => row.kind === "im" && row.members.includes(userId));
  if (known !== undefined) return { channel: known, alreadyOpen: true };
  const channel: ChannelRow = {
    id: state.world.nextId("D"),
    name: user.name,
    purpose: "",
    kind: "im",
    created: Math.floor(state.world.now() / 1000),
    creator: SLACK_ACCOUNT.botUserId,
    members,
    archived: false,
  };
  state.channels.put(channel.id, channel);
  return { channel, alreadyOpen: false };
};

/** chat.postMessage also takes "#name", "name" and a user's id. */
export const channelForPosting = (state: SlackState, token: TokenRow, wanted: string): ChannelRow => {
  const byId = state.channels.get(wanted);
  const byName = (): ChannelRow | undefined => {
    const name = wanted.replace(/^#/, "");
    return state.channels.all().find((row) => row.kind === "channel" && row.name === name);
  };
  const direct = state.users.get(wanted) === undefined ? undefined : openDirectMessage(state, wanted).channel;
  const channel = byId ?? direct ?? byName();
  if (channel === undefined) throw new SlackRefusal("channel_not_found");
  if (channel.archived) throw new SlackRefusal("is_archived");
  const mayPost = channel.members.includes(token.userId) || token.scopes.includes("chat:write.public");
  if (!mayPost) throw new SlackRefusal("not_in_channel");
  return channel;
};

export const channelForReading = (
  state: SlackState,
  token: TokenRow,
  id: string,
  verb: "read" | "history",
): ChannelRow => {
  const channel = channelById(state, id);
  requireScope(token, [scopeFor(channel, verb)]);
  if (verb === "history" && !channel.members.includes(token.userId)) throw new SlackRefusal("not_in_channel");
  return channel;
};

/** The keys of the public sample of conversations.info; an "im" has few of them. */
export const showChannel = (channel: ChannelRow, viewer: string): Record<string, unknown> => {
  const shared = { id: channel.id, created: channel.created, is_archived: channel.archived, is_org_shared: false };
  if (channel.kind === "im") {
    const user = channel.members.find((member) => member !== viewer) ?? viewer;
    return { ...shared, is_im: true, user };
  }
  return {
    ...shared,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_general: channel.name === "general",
    is_shared: false,
    is_ext_shared: false,
    is_pending_ext_shared: false,
    is_member: channel.members.includes(viewer),
    unlinked: 0,
    creator: channel.creator,
    context_team_id: SLACK_ACCOUNT.teamId,
    topic: { value: "", creator: "", last_set: 0 },
    purpose: { value: channel.purpose, creator: channel.creator, last_set: channel.created },
    previous_names: [],
  };
};
