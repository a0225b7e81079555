import { sql } from "kysely";
import { fromNow } from "../../workflows/ledger/clock.js";
import type { Tx } from "../db/database.js";
import { hashToken, randomToken } from "../members/random-token.js";
import type { PasskeyTables } from "./passkey-tables.js";

/** Time enough to find a key, or a phone. */
export const CHALLENGE_MS = 5 * 60_000;

/** Whoever adds a passkey; null: whoever signs in, as nobody yet. */
export type Challenged = string | null;

/** 256 random bits as base64url, of which only the hash is kept. What is long over goes. */
export async function newChallenge(tx: Tx, memberId: Challenged): Promise<string> {
  const challenge = randomToken();
  const db = tx.withTables<PasskeyTables>();
  await db
    .deleteFrom("passkey_challenge")
    .where("expires_at", "<", sql<Date>`lw_now()`)
    .execute();
  await db
    .insertInto("passkey_challenge")
    .values({
      challenge_hash: hashToken(challenge),
      member_id: memberId,
      expires_at: fromNow(CHALLENGE_MS),
    })
    .execute();
  return challenge;
}

/** A challenge is good once, whatever comes of it. False when it was used, is too old, never was, or was somebody else's. */
export async function takeChallenge(tx: Tx, challenge: string, memberId: Challenged): Promise<boolean> {
  const taken = await tx
    .withTables<PasskeyTables>()
    .deleteFrom("passkey_challenge")
    .where("challenge_hash", "=", hashToken(challenge))
    .returning(["member_id", sql<boolean>`expires_at > lw_now()`.as("valid")])
    .executeTakeFirst();
  return taken?.valid === true && taken.member_id === memberId;
}
