import type { SandboxReply, SandboxRequest, World } from "../system.js";
import { JIRA_ACCOUNT } from "../sandbox-accounts.js";
import { BOT, MEMBERS, type Person } from "./people.js";
import { problem } from "./reply.js";

/** Works at the gateway `/ex/jira/{cloudId}` only, as Atlassian's scoped tokens do. */
export const SCOPED_TOKEN = "sandbox-jira-scoped-token-0001";

/** Null cloudId: the request came by the site's own address. */
export function authenticate(world: World, request: SandboxRequest, cloudId: string | null): Person | SandboxReply {
  const viaGateway = cloudId !== null;
  if (viaGateway && cloudId !== JIRA_ACCOUNT.cloudId)
    return { status: 404, body: { code: 404, message: "No site with this cloudId was found." } };
  if (world.standingFault("jira", "reject_token_always")) return unauthenticated(viaGateway);
  const person = personOf(request.headers["authorization"] ?? "", viaGateway);
  return person ?? unauthenticated(viaGateway);
}

/** The standing fault `revoke_scope`: a scoped token is refused by the gateway, an ordinary one by the permission scheme. */
export function lacksScope(world: World, cloudId: string | null): SandboxReply | undefined {
  if (!world.standingFault("jira", "revoke_scope")) return undefined;
  if (cloudId !== null) return { status: 401, body: { code: 401, message: "Unauthorized; scope does not match" } };
  return problem(403, ["You do not have the permission to perform this operation."]);
}

function personOf(header: string, viaGateway: boolean): Person | undefined {
  const [scheme, encoded] = header.split(" ");
  if (scheme?.toLowerCase() !== "basic" || !encoded) return undefined;
  const plain = Buffer.from(encoded, "base64").toString("utf8");
  const colon = plain.indexOf(":");
  const [email, token] = [plain.slice(0, colon), plain.slice(colon + 1)];
  if (viaGateway && email === BOT.email && token === SCOPED_TOKEN) return BOT;
  return MEMBERS.find((person) => person.email === email && person.token === token);
}

function unauthenticated(viaGateway: boolean): SandboxReply {
  if (viaGateway) return { status: 401, body: { code: 401, message: "Unauthorized" } };
  const reply = problem(401, ["Client must be authenticated to access this resource."]);
  return {
    ...reply,
    headers: { "WWW-Authenticate": 'Basic realm="Atlassian"', "X-Seraph-LoginReason": "AUTHENTICATED_FAILED" },
  };
}
