import { channelById } from "../channels.js";
import type { MethodCall, SlackMethod } from "../method.js";
import { SlackRefusal } from "../refusal.js";
import { messageId } from "../state.js";

const add = ({ state, args, token }: MethodCall): Record<string, unknown> => {
  const name = args.need("name").replaceAll(":", "");
  const channel = channelById(state, args.need("channel"));
  const message = state.messages.get(messageId(channel.id, args.need("timestamp")));
  if (message === undefined) throw new SlackRefusal("message_not_found");
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackRefusal("invalid_name");
  const reactions = message.reactions ?? [];
  const users = reactions.find((reaction) => reaction.name === name)?.users ?? [];
  if (users.includes(token.userId)) throw new SlackRefusal("already_reacted");
  const others = reactions.filter((reaction) => reaction.name !== name);
  state.putMessage({ ...message, reactions: [...others, { name, users: [...users, token.userId] }] });
  return {};
};

export const reactionMethods: Readonly<Record<string, SlackMethod>> = {
  "reactions.add": { writes: true, token: "bot", scopes: ["reactions:write"], run: add },
};
