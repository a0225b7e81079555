import { sql } from "kysely";
import { fromNow } from "../../workflows/ledger/clock.js";
import type { Reader, Tx } from "../db/database.js";
import { hashToken, randomToken } from "../members/random-token.js";
import { ATTEMPT_MS, derived } from "../sign-in-providers/attempt.js";
import type { SamlTables } from "./saml-tables.js";

/** What the provider is told of an attempt. */
export interface AttemptNames {
  /** RelayState, which it hands back beside its answer. 43 characters; SAML allows 80. */
  readonly relay: string;
  /** An xs:ID begins with no digit. */
  readonly requestId: string;
}

export function namesOf(token: string): AttemptNames {
  const relay = derived(token, "relay").toString("base64url");
  return { relay, requestId: requestIdOf(relay) };
}

export const requestIdOf = (relay: string): string => `_${derived(relay, "request").toString("hex")}`;

interface Attempt {
  readonly workspaceId: string;
  /** A path of our own. */
  readonly returnTo: string;
}

/** The token of a new attempt, for the browser that begins it. What is long over goes. */
export async function beginAttempt(tx: Tx, { workspaceId, returnTo }: Attempt): Promise<string> {
  const token = randomToken();
  const db = tx.withTables<SamlTables>();
  await db
    .deleteFrom("saml_attempt")
    .where("expires_at", "<", sql<Date>`lw_now()`)
    .execute();
  await db
    .insertInto("saml_attempt")
    .values({
      ...{ token_hash: hashToken(token), relay_hash: hashToken(namesOf(token).relay) },
      ...{ workspace_id: workspaceId, return_to: returnTo },
      expires_at: fromNow(ATTEMPT_MS),
    })
    .execute();
  return token;
}

/** One that is under way and has no answer yet, and what time it is. */
export async function findAttempt(reader: Reader, relay: string) {
  const { rows } = await sql<{ workspace_id: string; now: Date }>`
    select workspace_id, lw_now() as now from saml_attempt
    where relay_hash = ${hashToken(relay)} and answer is null and expires_at > lw_now()`.execute(reader);
  return rows[0] ? { workspaceId: rows[0].workspace_id, now: rows[0].now } : null;
}

/** An attempt takes one answer. False where it has one, is too old, or never was: so no assertion counts twice. */
export async function storeAnswer(tx: Tx, relay: string, answer: Buffer): Promise<boolean> {
  const stored = await tx
    .withTables<SamlTables>()
    .updateTable("saml_attempt")
    .set({ answer })
    .where("relay_hash", "=", hashToken(relay))
    .where("answer", "is", null)
    .where("expires_at", ">", sql<Date>`lw_now()`)
    .returning("workspace_id")
    .executeTakeFirst();
  return stored !== undefined;
}

/** An answered attempt is good once; null when it was used, is too old, has no answer yet, or never was. */
export async function takeAnswered(tx: Tx, token: string): Promise<(Attempt & { readonly answer: Buffer }) | null> {
  const taken = await tx
    .withTables<SamlTables>()
    .deleteFrom("saml_attempt")
    .where("token_hash", "=", hashToken(token))
    .where("answer", "is not", null)
    .returning(["workspace_id", "return_to", "answer", sql<boolean>`expires_at > lw_now()`.as("valid")])
    .executeTakeFirst();
  if (!taken?.valid || taken.answer === null) return null;
  return { workspaceId: taken.workspace_id, returnTo: taken.return_to, answer: taken.answer };
}
