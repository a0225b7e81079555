import { sql } from "kysely";
import { beginAttempts } from "./attempts.js";
import type { EffectRow } from "./effect-store.js";
import { rowsAs } from "./rows.js";
import type { Tx } from "./tx.js";
import { unanswered } from "./unanswered.js";

interface Taking {
  readonly effect: EffectRow;
  readonly request: { readonly token: string; readonly claimMs: number };
  readonly kind: "send" | "look-up";
  readonly now: Date;
}

/** Makes the claims hold and begins an attempt of each; the rows are locked. By effect. */
export async function takeEffects(tx: Tx, takings: readonly Taking[]): Promise<Map<string, EffectRow>> {
  if (takings.length === 0) return new Map();
  const rows = takings.map(taken);
  await beginAttempts(
    tx,
    takings.map(({ effect, request, kind, now: at }) => {
      return { effectId: effect.id, number: effect.attempts + 1, kind, token: request.token, at };
    }),
  );
  await sql`${unanswered}
    update effect set
      state = 'sending', token = claim.token, claimed_until = claim.claimed_until, attempts = claim.attempts,
      first_sending_at = claim.first_sending_at, doubt_since = claim.doubt_since, not_before = null, slot_reserved = false
    from ${rowsAs("claim", rows, {
      id: ["uuid", ({ id }) => id],
      token: ["uuid", ({ token }) => token],
      claimed_until: ["timestamptz", ({ claimed_until }) => claimed_until],
      attempts: ["int", ({ attempts }) => attempts],
      first_sending_at: ["timestamptz", ({ first_sending_at }) => first_sending_at],
      doubt_since: ["timestamptz", ({ doubt_since }) => doubt_since],
    })}
    where effect.id = claim.id`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The row as it now stands: whoever holds its lock need not read it again. */
const taken = (taking: Taking): EffectRow => {
  const { effect, request, now } = taking;
  return {
    ...effect,
    state: "sending",
    token: request.token,
    claimed_until: new Date(now.getTime() + request.claimMs),
    attempts: effect.attempts + 1,
    first_sending_at: effect.first_sending_at ?? now,
    doubt_since: doubtSince(taking),
    not_before: null,
    slot_reserved: false,
  };
};

const doubtSince = ({ effect, kind }: Taking): Date | null =>
  effect.doubt_since ?? (kind === "look-up" ? effect.first_sending_at : null);
