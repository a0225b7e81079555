import type { AttemptOutcome, LedgerTables } from "./tables.js";
import type { Tx } from "./tx.js";

export interface AttemptBegun {
  readonly effectId: string;
  /** The effect's attempts so far, and one. */
  readonly number: number;
  readonly kind: "send" | "look-up";
  readonly token: string;
  readonly at: Date;
}

/** In the air until it is ended, or for ever if its worker dies. The caller holds the effect's lock. */
export async function beginAttempt(tx: Tx, { effectId, number, kind, token, at }: AttemptBegun): Promise<void> {
  const open = { ended_at: null, outcome: null, code: null, message: null };
  await tx
    .withTables<LedgerTables>()
    .insertInto("effect_attempt")
    .values({ effect_id: effectId, number, kind, token, started_at: at, ...open })
    .execute();
}

export interface AttemptEnded {
  readonly effectId: string;
  readonly token: string;
  readonly at: Date;
  readonly outcome: AttemptOutcome;
  readonly code?: string | null;
  /** Sealed. */
  readonly message?: Buffer | null;
}

/** The first end of an attempt stands. */
export async function endAttempt(
  tx: Tx,
  { effectId, token, at, outcome, code = null, message = null }: AttemptEnded,
): Promise<void> {
  await tx
    .withTables<LedgerTables>()
    .updateTable("effect_attempt")
    .set({ ended_at: at, outcome, code, message })
    .where("effect_id", "=", effectId)
    .where("token", "=", token)
    .where("ended_at", "is", null)
    .execute();
}
