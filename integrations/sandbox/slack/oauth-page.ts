import { randomBytes } from "node:crypto";
import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import type { SandboxReply, SandboxRequest } from "../system.js";
import { grantable } from "./methods/apps.js";
import type { SlackState } from "./state.js";

const refuse = (text: string): SandboxReply => ({
  status: 400,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: `Sandbox Slack: ${text}`,
});

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** GET /oauth/v2/authorize: consents at once and sends the browser back with a code, where Slack would ask. */
export const authorizePage = (state: SlackState, request: SandboxRequest): SandboxReply => {
  const { query } = request;
  const redirectUri = query.get("redirect_uri") ?? "";
  if (query.get("client_id") !== SLACK_ACCOUNT.clientId) return refuse("this client_id is not the sandbox app's.");
  if (!isWebAddress(redirectUri)) return refuse("redirect_uri is missing or not a web address.");
  const scopes = grantable(query.get("scope") ?? "");
  if (scopes.length === 0) return refuse("no scope was asked for that the sandbox knows.");
  const code = randomBytes(16).toString("hex");
  state.oauthCodes.put(code, { code, scopes, redirectUri, issuedAt: state.world.now(), used: false });
  const target = new URL(redirectUri);
  target.searchParams.set("code", code);
  target.searchParams.set("state", query.get("state") ?? "");
  return { status: 302, headers: { location: target.href, "cache-control": "no-store" } };
};
