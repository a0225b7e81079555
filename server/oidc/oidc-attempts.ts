import { sql } from "kysely";
import { fromNow } from "../../workflows/ledger/clock.js";
import type { Tx } from "../db/database.js";
import { hashToken, randomToken } from "../members/random-token.js";
import { ATTEMPT_MS, derived } from "../sign-in-providers/attempt.js";
import type { OidcTables } from "./oidc-tables.js";

export interface AttemptSecrets {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636: 43 characters of base64url. */
  readonly verifier: string;
}

/** What the provider sees of an attempt, each by itself of no use for the others. */
export function secretsOf(token: string): AttemptSecrets {
  const derive = (purpose: string): string => derived(token, purpose).toString("base64url");
  return { state: derive("state"), nonce: derive("nonce"), verifier: derive("verifier") };
}

interface Attempt {
  readonly workspaceId: string;
  /** A path of our own. */
  readonly returnTo: string;
}

/** The token of a new attempt, for the browser that begins it. What is long over goes. */
export async function beginAttempt(tx: Tx, { workspaceId, returnTo }: Attempt): Promise<string> {
  const token = randomToken();
  const db = tx.withTables<OidcTables>();
  await db
    .deleteFrom("oidc_attempt")
    .where("expires_at", "<", sql<Date>`lw_now()`)
    .execute();
  await db
    .insertInto("oidc_attempt")
    .values({
      token_hash: hashToken(token),
      workspace_id: workspaceId,
      return_to: returnTo,
      expires_at: fromNow(ATTEMPT_MS),
    })
    .execute();
  return token;
}

/** An attempt is good once; null when it was used, is too old, or never was. */
export async function takeAttempt(tx: Tx, token: string): Promise<Attempt | null> {
  const taken = await tx
    .withTables<OidcTables>()
    .deleteFrom("oidc_attempt")
    .where("token_hash", "=", hashToken(token))
    .returning(["workspace_id", "return_to", sql<boolean>`expires_at > lw_now()`.as("valid")])
    .executeTakeFirst();
  return taken?.valid ? { workspaceId: taken.workspace_id, returnTo: taken.return_to } : null;
}
