import { createSign } from "node:crypto";
import { ConnectorError } from "../outcome.js";

/** Salesforce takes an `exp` at most five minutes ahead. */
const LIFETIME_S = 180;

interface JwtClaims {
  readonly clientId: string;
  readonly username: string;
  /** The login address without a trailing slash. */
  readonly audience: string;
  readonly privateKey: string;
}

/**
 * The assertion of the OAuth 2.0 JWT bearer flow: RS256 over header and claims.
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm
 */
export function jwtAssertion({ clientId, username, audience, privateKey }: JwtClaims, now: Date): string {
  const header = encode({ alg: "RS256" });
  const claims = encode({
    iss: clientId,
    sub: username,
    aud: audience,
    exp: Math.floor(now.getTime() / 1_000) + LIFETIME_S,
  });
  return `${header}.${claims}.${sign(`${header}.${claims}`, privateKey)}`;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

function sign(text: string, privateKey: string): string {
  try {
    return createSign("RSA-SHA256").update(text).sign(privateKey, "base64url");
  } catch (cause) {
    const message =
      "The private key of this connection cannot be read; paste the whole PEM, with its first and last line";
    throw new ConnectorError({ outcome: "AUTH", code: "private_key_unreadable", message, cause });
  }
}
