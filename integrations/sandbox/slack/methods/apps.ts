import { randomBytes } from "node:crypto";
import { SLACK_ACCOUNT } from "../../sandbox-accounts.js";
import type { MethodCall, SlackMethod } from "../method.js";
import { SlackRefusal } from "../refusal.js";
import type { OauthCodeRow, TokenRow } from "../rows.js";
import { BOT_SCOPES } from "../seed.js";
import type { SocketMode } from "../socket-mode.js";

const CODE_LIFE_MS = 10 * 60_000;

const readClient = ({ args, request }: MethodCall): { id: string; secret: string } => {
  const basic = /^Basic (.+)$/.exec(request.headers["authorization"] ?? "")?.[1];
  if (basic === undefined) return { id: args.text("client_id") ?? "", secret: args.text("client_secret") ?? "" };
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return { id, secret };
};

const checkClient = (call: MethodCall): void => {
  const { id, secret } = readClient(call);
  if (id !== SLACK_ACCOUNT.clientId) throw new SlackRefusal("invalid_client_id");
  if (secret !== SLACK_ACCOUNT.clientSecret) throw new SlackRefusal("bad_client_secret");
};

const useCode = ({ state, args }: MethodCall): OauthCodeRow => {
  const row = state.oauthCodes.get(args.text("code") ?? "");
  if (row === undefined) throw new SlackRefusal("invalid_code");
  if (row.used) throw new SlackRefusal("code_already_used");
  if (state.world.now() - row.issuedAt > CODE_LIFE_MS) throw new SlackRefusal("invalid_code");
  const given = args.text("redirect_uri");
  if (given !== undefined && given !== row.redirectUri) throw new SlackRefusal("bad_redirect_uri");
  state.oauthCodes.put(row.code, { ...row, used: true });
  return row;
};

/** Each installation gets a token of its own with the scopes that were consented to. */
const access = (call: MethodCall): Record<string, unknown> => {
  checkClient(call);
  const { scopes } = useCode(call);
  const { world, tokens } = call.state;
  const { botUserId, appId, teamId, teamName } = SLACK_ACCOUNT;
  const secret = `xoxb-sandbox-${world.nextNumber("slack-token")}-${randomBytes(12).toString("hex")}`;
  const token: TokenRow = { token: secret, kind: "bot", userId: botUserId, scopes, issuedAt: world.now() };
  tokens.put(secret, token);
  return {
    access_token: secret,
    token_type: "bot",
    scope: scopes.join(","),
    bot_user_id: botUserId,
    app_id: appId,
    team: { id: teamId, name: teamName },
    enterprise: null,
    authed_user: { id: call.state.users.all()[0]?.id ?? botUserId },
    is_enterprise_install: false,
  };
};

/** The scopes that an authorize link asks for; unknown ones are not granted. */
export const grantable = (scope: string): string[] =>
  scope
    .split(/[ ,]+/)
    .filter((wanted) => wanted === "chat:write.public" || BOT_SCOPES.some((known) => known === wanted));

export const appMethods = (sockets: SocketMode): Readonly<Record<string, SlackMethod>> => ({
  "oauth.v2.access": { writes: true, token: "none", scopes: [], run: access },
  "apps.connections.open": {
    writes: false,
    token: "app",
    scopes: ["connections:write"],
    run: () => ({ url: sockets.issueUrl() }),
  },
});
