import { sql } from "kysely";
import { beginAttempts } from "./attempts.js";
import type { EffectRow } from "./effect-store.js";
import { rowsAs } from "./rows.js";
import type { Tx } from "./tx.js";

interface Taking {
  readonly effect: EffectRow;
  readonly request: { readonly token: string; readonly claimMs: number };
  readonly kind: "send" | "look-up";
  readonly now: Date;
}

/** As `takeEffects`, for one. */
export async function takeEffect(tx: Tx, taking: Taking): Promise<EffectRow> {
  const row = (await takeEffects(tx, [taking])).get(taking.effect.id);
  if (!row) throw new Error("an effect vanished while it was locked");
  return row;
}

/** Makes the claims hold and begins an attempt of each; the rows are locked. By effect. */
export async function takeEffects(tx: Tx, takings: readonly Taking[]): Promise<Map<string, EffectRow>> {
  if (takings.length === 0) return new Map();
  await beginAttempts(
    tx,
    takings.map(({ effect, request, kind, now: at }) => {
      return { effectId: effect.id, number: effect.attempts + 1, kind, token: request.token, at };
    }),
  );
  await sql`
    update effect set
      state = 'sending', token = claim.token, claimed_until = claim.until, attempts = effect.attempts + 1,
      first_sending_at = coalesce(effect.first_sending_at, claim.at), doubt_since = claim.doubt_since,
      not_before = null, slot_reserved = false
    from ${rowsAs("claim", takings, {
      effect_id: ["uuid", ({ effect }) => effect.id],
      token: ["uuid", ({ request }) => request.token],
      until: ["timestamptz", ({ now, request }) => new Date(now.getTime() + request.claimMs)],
      at: ["timestamptz", ({ now }) => now],
      doubt_since: ["timestamptz", doubtSince],
    })}
    where effect.id = claim.effect_id`.execute(tx);
  return new Map(takings.map((taking) => [taking.effect.id, taken(taking)]));
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
