import { sql } from "kysely";
import { insertRows, rowsAs } from "./rows.js";
import type { AttemptOutcome } from "./tables.js";
import type { Tx } from "./tx.js";
import { unanswered } from "./unanswered.js";

export interface AttemptBegun {
  readonly effectId: string;
  /** The effect's attempts so far, and one. */
  readonly number: number;
  readonly kind: "send" | "look-up";
  readonly token: string;
  readonly at: Date;
}

/** In the air until they are ended, or for ever if their worker dies. The caller holds the effects' locks. */
export async function beginAttempts(tx: Tx, begun: readonly AttemptBegun[]): Promise<void> {
  await insertRows(tx, {
    into: "effect_attempt",
    rows: begun,
    columns: {
      effect_id: ["uuid", ({ effectId }) => effectId],
      number: ["int", ({ number }) => number],
      kind: ["text", ({ kind }) => kind],
      token: ["uuid", ({ token }) => token],
      started_at: ["timestamptz", ({ at }) => at],
    },
  });
}

export interface AttemptEnded {
  readonly effectId: string;
  readonly token: string;
  readonly outcome: AttemptOutcome;
  readonly code?: string | null;
  /** Sealed. */
  readonly message?: Buffer | null;
}

/** Now. The first end of an attempt stands. */
export async function endAttempts(tx: Tx, ends: readonly AttemptEnded[]): Promise<void> {
  if (ends.length === 0) return;
  await sql`${unanswered}
    update effect_attempt as attempt set
      ended_at = lw_now(), outcome = ended.outcome, code = ended.code, message = ended.message
    from ${rowsAs("ended", ends, {
      effect_id: ["uuid", ({ effectId }) => effectId],
      token: ["uuid", ({ token }) => token],
      outcome: ["text", ({ outcome }) => outcome],
      code: ["text", ({ code = null }) => code],
      message: ["bytea", ({ message = null }) => message],
    })}
    where attempt.effect_id = ended.effect_id and attempt.token = ended.token and attempt.ended_at is null`.execute(tx);
}
