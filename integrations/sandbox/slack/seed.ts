import { PEOPLE, SLACK_ACCOUNT, SLACK_CHANNELS } from "../sandbox-accounts.js";
import type { SlackState } from "./state.js";

/** What the app's manifest asks for, so what a customer's own installation would have. */
export const BOT_SCOPES = [
  "channels:history",
  "channels:join",
  "channels:read",
  "chat:write",
  "files:write",
  "groups:history",
  "groups:read",
  "im:history",
  "im:read",
  "im:write",
  "mpim:history",
  "mpim:read",
  "mpim:write",
  "reactions:write",
  "team:read",
  "users:read",
  "users:read.email",
] as const;

const seedUsers = ({ users }: SlackState): void => {
  for (const { id, handle, name, title, email } of PEOPLE) {
    users.put(id, { id, name: handle, realName: name, title, email, isBot: false });
  }
  const bot = { id: SLACK_ACCOUNT.botUserId, name: "loopwright", realName: "Loopwright", title: "App", isBot: true };
  users.put(bot.id, bot);
};

const seedChannels = ({ channels, world }: SlackState): void => {
  const people = PEOPLE.map((person) => person.id);
  const created = Math.floor(world.now() / 1000);
  for (const { id, name, purpose, withApp } of SLACK_CHANNELS) {
    const members = withApp ? [...people, SLACK_ACCOUNT.botUserId] : people;
    channels.put(id, { id, name, purpose, kind: "channel", created, creator: PEOPLE[0].id, members, archived: false });
  }
};

const seedTokens = ({ tokens, world }: SlackState): void => {
  const { botToken, appToken, botUserId: userId } = SLACK_ACCOUNT;
  const issuedAt = world.now();
  tokens.put(botToken, { token: botToken, kind: "bot", userId, scopes: BOT_SCOPES, issuedAt });
  tokens.put(appToken, { token: appToken, kind: "app", userId, scopes: ["connections:write"], issuedAt });
};

export const seedSlack = (state: SlackState): void => {
  if (state.users.all().length === 0) seedUsers(state);
  if (state.channels.all().length === 0) seedChannels(state);
  if (state.tokens.all().length === 0) seedTokens(state);
  state.world.changed("slack");
};
