import { SLACK_ACCOUNT } from "../../sandbox-accounts.js";
import type { MethodCall, SlackMethod } from "../method.js";
import { SlackRefusal } from "../refusal.js";
import type { TokenRow, UserRow } from "../rows.js";
import { paginate } from "./conversations.js";

const profile = (user: UserRow, token: TokenRow): Record<string, unknown> => {
  const [first = "", ...rest] = user.realName.split(" ");
  const mayReadEmail = user.email !== undefined && token.scopes.includes("users:read.email");
  return {
    title: user.title,
    phone: "",
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: user.name,
    display_name_normalized: user.name,
    first_name: first,
    last_name: rest.join(" "),
    status_text: "",
    status_emoji: "",
    ...(mayReadEmail ? { email: user.email } : {}),
    team: SLACK_ACCOUNT.teamId,
  };
};

const showUser = (user: UserRow, token: TokenRow): Record<string, unknown> => ({
  id: user.id,
  team_id: SLACK_ACCOUNT.teamId,
  name: user.name,
  deleted: false,
  real_name: user.realName,
  tz: "Europe/Paris",
  tz_label: "Central European Time",
  tz_offset: 3600,
  profile: profile(user, token),
  is_admin: false,
  is_owner: false,
  is_primary_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_bot: user.isBot,
  is_app_user: false,
  updated: 1_700_000_000,
});

const lookupByEmail = ({ state, args, token }: MethodCall): Record<string, unknown> => {
  const email = args.need("email").toLowerCase();
  const user = state.users.all().find((row) => row.email?.toLowerCase() === email);
  if (user === undefined) throw new SlackRefusal("users_not_found");
  return { user: showUser(user, token) };
};

const info = ({ state, args, token }: MethodCall): Record<string, unknown> => {
  const user = state.users.get(args.need("user"));
  if (user === undefined) throw new SlackRefusal("user_not_found");
  return { user: showUser(user, token) };
};

const list = (call: MethodCall): Record<string, unknown> => {
  const page = paginate(call, call.state.users.all());
  return {
    members: page.rows.map((user) => showUser(user, call.token)),
    cache_ts: Math.floor(call.state.world.now() / 1000),
    response_metadata: { next_cursor: page.cursor },
  };
};

const team = (): Record<string, unknown> => ({
  team: {
    id: SLACK_ACCOUNT.teamId,
    name: SLACK_ACCOUNT.teamName,
    domain: SLACK_ACCOUNT.teamDomain,
    email_domain: "northwind.example",
  },
});

const authTest = ({ state, token }: MethodCall): Record<string, unknown> => ({
  url: `${state.world.baseUrl("slack")}/`,
  team: SLACK_ACCOUNT.teamName,
  user: state.users.get(token.userId)?.name ?? "loopwright",
  team_id: SLACK_ACCOUNT.teamId,
  user_id: token.userId,
  bot_id: SLACK_ACCOUNT.botId,
  is_enterprise_install: false,
});

const reading = { writes: false, token: "bot" } as const;

export const peopleMethods: Readonly<Record<string, SlackMethod>> = {
  "auth.test": { ...reading, scopes: [], run: authTest },
  "team.info": { ...reading, scopes: ["team:read"], run: team },
  "users.info": { ...reading, scopes: ["users:read"], run: info },
  "users.list": { ...reading, scopes: ["users:read"], run: list },
  "users.lookupByEmail": { ...reading, scopes: ["users:read.email"], run: lookupByEmail },
};
