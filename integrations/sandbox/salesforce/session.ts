import { randomBytes } from "node:crypto";
import type { SandboxRequest, World } from "../system.js";
import { SALESFORCE_ACCOUNT } from "../sandbox-accounts.js";
import { fail } from "./failure.js";

interface TokenRow {
  readonly token: string;
  readonly userId: string;
  /** Sandbox time, milliseconds. */
  readonly issuedAt: number;
}

/** A session's usual length; setting `salesforce.tokenTtlMs` overrides it. */
const TTL_MS = 2 * 3_600_000;

export interface Sessions {
  issue(userId: string): string;
  /** The user whose token this request carries; 401 INVALID_SESSION_ID otherwise. */
  require(request: SandboxRequest): string;
  userOf(token: string): string | undefined;
  revoke(token: string): boolean;
}

/** Standing faults: `expire_session` ends what was issued before it was set, `reject_token_always` refuses every token. */
export function createSessions(world: World): Sessions {
  const tokens = world.collection<TokenRow>("salesforce", "_tokens");
  const ttl = () => Number(world.setting("salesforce.tokenTtlMs") ?? TTL_MS);
  const isOver = ({ issuedAt }: TokenRow) => issuedAt + ttl() <= world.now();

  const userOf = (token: string) => {
    const row = tokens.get(token);
    if (!row || isOver(row) || world.standingFault("salesforce", "reject_token_always")) return undefined;
    const since = world.standingFault("salesforce", "expire_session")?.["since"];
    return typeof since === "number" && row.issuedAt < since ? undefined : row.userId;
  };
  return {
    userOf,
    issue(userId) {
      tokens
        .all()
        .filter(isOver)
        .forEach(({ token }) => tokens.delete(token));
      const token = `${SALESFORCE_ACCOUNT.orgId.slice(0, 15)}!AQ${randomBytes(48).toString("base64url")}`;
      tokens.put(token, { token, userId, issuedAt: world.now() });
      return token;
    },
    require: (request) => userOf(bearerOf(request)) ?? fail("INVALID_SESSION_ID", "Session expired or invalid"),
    revoke(token) {
      const known = tokens.get(token) !== undefined;
      tokens.delete(token);
      return known;
    },
  };
}

export function bearerOf(request: SandboxRequest): string {
  return /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers["authorization"] ?? "")?.[1] ?? "";
}
