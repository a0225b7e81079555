import type { SandboxRequest } from "../system.js";
import type { Args } from "./arguments.js";
import type { SlackMethod } from "./method.js";
import { SlackRefusal } from "./refusal.js";
import type { TokenRow } from "./rows.js";
import type { SlackState } from "./state.js";

const NO_TOKEN: TokenRow = { token: "", kind: "bot", userId: "", scopes: [], issuedAt: 0 };

const presented = (request: SandboxRequest, args: Args): string | undefined => {
  const header = /^Bearer (.+)$/.exec(request.headers["authorization"] ?? "")?.[1];
  return header ?? args.text("token");
};

const refuseBroken = (state: SlackState, token: TokenRow | undefined): TokenRow => {
  if (state.world.standingFault("slack", "reject_token_always") !== undefined) throw new SlackRefusal("invalid_auth");
  if (token === undefined) throw new SlackRefusal("invalid_auth");
  if (token.revoked === true) throw new SlackRefusal("token_revoked");
  const expired = state.world.standingFault("slack", "expire_session");
  if (expired !== undefined && token.issuedAt <= Number(expired["since"])) throw new SlackRefusal("token_expired");
  return token;
};

const withoutRevoked = (state: SlackState, token: TokenRow): TokenRow => {
  const revoked = state.world.standingFault("slack", "revoke_scope")?.["scope"];
  return revoked === undefined ? token : { ...token, scopes: token.scopes.filter((scope) => scope !== revoked) };
};

export const requireScope = (token: TokenRow, needed: readonly string[]): void => {
  if (needed.length === 0 || needed.some((scope) => token.scopes.includes(scope))) return;
  throw new SlackRefusal("missing_scope", { needed: needed.join(","), provided: token.scopes.join(",") });
};

/** Who calls: token known and alive, of the right kind, with one of the scopes. */
export const authorize = (state: SlackState, method: SlackMethod, request: SandboxRequest, args: Args): TokenRow => {
  if (method.token === "none") return NO_TOKEN;
  const text = presented(request, args);
  if (text === undefined || text === "") throw new SlackRefusal("not_authed");
  const token = withoutRevoked(state, refuseBroken(state, state.tokens.get(text)));
  if (token.kind !== method.token) throw new SlackRefusal("not_allowed_token_type");
  requireScope(token, method.scopes);
  return token;
};
