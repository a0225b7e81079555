import { sql } from "kysely";
import { endAttempts } from "./attempts.js";
import { databaseNow, isAfter, ledgerMoment } from "./clock.js";
import { barredCode, isBarred, isOpen, lockEffect, lockEffects, putBack, type EffectRow } from "./effect-store.js";
import { holdsOf, type SlotScope } from "./rate-slots.js";
import { reserveOrWait } from "./free-slots.js";
import { lockOwner, lockOwners, type Owner, type OwnerRef } from "./owner.js";
import { takeEffects } from "./take-effects.js";
import type { Tx } from "./tx.js";

export interface ClaimRequest {
  readonly effectId: string;
  readonly token: string;
  /** How long nobody else may act: the call's total deadline and a margin. */
  readonly claimMs: number;
  readonly slots: readonly SlotScope[];
}

interface Taken {
  readonly effect: EffectRow;
  readonly at: Date;
  /** Read just before the database told `at`: a process that slept at any moment since then sees it. */
  readonly clockMs: ClockReading;
}

/** The process's clocks in milliseconds: the steady one stands still while the machine is suspended, the wall clock can be set. */
interface ClockReading {
  /** `performance.now()` */
  readonly steady: number;
  /** `Date.now()` */
  readonly wall: number;
}

const readClocks = (): ClockReading => ({ steady: performance.now(), wall: Date.now() });

export type Claim =
  /** It may be sent: nothing of it can have been applied. */
  | ({ readonly kind: "send" } & Taken)
  /** An earlier attempt may have been applied: look first. */
  | ({
      readonly kind: "look-up";
      /** When the latest attempt that may have been applied was sent. */
      readonly lastSentAt: Date;
      /** The code that it ends as where it did not arrive: nothing more may be sent. Null: it may be sent again. */
      readonly mayOnlyLook: string | null;
    } & Taken)
  /**
   * Not now; the row says when (`not_before`, the live claim's end, or never if nothing is left to do). Or nothing goes out of this
   * database, because it was restored.
   */
  | { readonly kind: "later" }
  | { readonly kind: "settled" }
  /** Whom it is about is not to be acted on: it is to end with this code. */
  | { readonly kind: "withheld"; readonly code: string }
  /** Its time is up: claims refuse after `retry_until`. */
  | { readonly kind: "expired" };

export interface AskedClaim {
  readonly owner: OwnerRef;
  readonly request: ClaimRequest;
}

interface Candidate {
  readonly owner: Owner;
  readonly effect: EffectRow;
  readonly request: ClaimRequest;
}

/**
 * Takes the right to act on effects, by one compare-and-set under their owners' locks. In the order asked; of two that ask for one
 * effect at once, the first may have it.
 */
export async function claimEffects(tx: Tx, asked: readonly AskedClaim[]): Promise<Claim[]> {
  const owners = await lockOwners(
    tx,
    asked.map(({ owner }) => owner),
  );
  const effects = await lockEffects(
    tx,
    asked.map(({ request }) => request.effectId),
  );
  const clockMs = readClocks();
  const { now, standsStill } = await ledgerMoment(tx);
  const claims = new Map<AskedClaim, Claim>();
  const candidates = new Map<string, Candidate>();
  for (const one of asked) {
    const [owner, effect] = [owners.get(one.owner.id), effects.get(one.request.effectId)];
    const isTaken = candidates.has(one.request.effectId) || standsStill;
    const refusal = isTaken ? LATER : refusalOf(owner, effect, now);
    if (refusal || !owner || !effect) claims.set(one, refusal ?? SETTLED);
    else candidates.set(effect.id, { owner, effect, request: one.request });
  }
  const free = await reserveOrWait(tx, [...candidates.values()], now);
  const sentAt = await lastSent(
    tx,
    free.map(({ effect }) => effect),
  );
  const taken = await takeEffects(
    tx,
    free.map((candidate) => ({ ...candidate, kind: candidate.effect.state === "intent" ? "send" : "look-up", now })),
  );
  return asked.map((one) => {
    const { effectId } = one.request;
    const [effect, candidate, known] = [taken.get(effectId), candidates.get(effectId), claims.get(one)];
    if (known || !effect || !candidate) return known ?? { kind: "later" };
    const claimed = { effect, at: now, clockMs };
    const lastSentAt = sentAt.get(effectId);
    if (!lastSentAt) return { kind: "send", ...claimed };
    const mayOnlyLook = isBarred(candidate.owner, candidate.effect) ? barredCode(candidate.owner) : null;
    return { kind: "look-up", ...claimed, lastSentAt, mayOnlyLook };
  });
}

/**
 * When each effect in doubt was last sent, as far as it may have been applied: of attempts that ended as "not applied" nothing can turn
 * up any more. Whatever was never sent is left out.
 */
async function lastSent(tx: Tx, effects: readonly EffectRow[]): Promise<Map<string, Date>> {
  const inDoubt = effects.filter(({ state }) => state !== "intent");
  if (inDoubt.length === 0) return new Map();
  const { rows } = await sql<{ effect_id: string; at: Date }>`
    select effect_id, max(started_at) as at from effect_attempt
    where effect_id = any(${inDoubt.map(({ id }) => id)}::uuid[]) and kind = 'send'
      and (outcome is null or outcome = 'AMBIGUOUS') group by effect_id`.execute(tx);
  const sent = new Map(rows.map(({ effect_id, at }) => [effect_id, at]));
  return new Map(
    inDoubt.map(({ id, forgotten_until, first_sending_at, created_at }) => [
      id,
      latest(sent.get(id), forgotten_until) ?? first_sending_at ?? created_at,
    ]),
  );
}

const latest = (one: Date | undefined, other: Date | null): Date | null =>
  one && other ? (one > other ? one : other) : (one ?? other);

const maySendNoMore = (owner: Owner, effect: EffectRow): boolean => owner.over || isBarred(owner, effect);

const LATER = { kind: "later" } as const;
const SETTLED = { kind: "settled" } as const;

function refusalOf(owner: Owner | undefined, effect: EffectRow | undefined, now: Date): Claim | null {
  if (!owner || !effect || !isOpen(effect)) return SETTLED;
  if (isAfter(effect.claimed_until, now) || isAfter(effect.not_before, now)) return LATER;
  if (now > effect.retry_until) return { kind: "expired" };
  return effect.state === "intent" && maySendNoMore(owner, effect) ? unsendable(owner) : null;
}

/** A run that ended ends its effects itself; one that goes on has to be told. */
const unsendable = (owner: Owner): Claim =>
  owner.withheld === null || owner.cancelled || owner.over ? LATER : { kind: "withheld", code: barredCode(owner) };

export interface RenewRequest extends ClaimRequest {
  /** The look-up proved that nothing was applied; else it told nothing, and the author chose to send again. */
  readonly provedAbsent: boolean;
  /** The connection was paused or refused since the claim. */
  readonly paused?: boolean;
}

/**
 * After a look-up the same holder goes on to send, and its five seconds count from here; not if its owner was cancelled or went past
 * it meanwhile, and not while its connection is paused or its scope held: then it is given back for later. Where the look-up proved
 * the effect absent the doubt is over; where the author chose to send again in spite of it, it stays.
 */
export async function renewClaim(tx: Tx, ref: OwnerRef, request: RenewRequest): Promise<Taken | null> {
  const owner = await lockOwner(tx, ref);
  const effect = await lockEffect(tx, request.effectId);
  if (!owner || !effect || !hasClaim(effect, request) || maySendNoMore(owner, effect)) return null;
  const looked = { ...effect, doubt_since: request.provedAbsent ? null : effect.doubt_since };
  const clockMs = readClocks();
  const at = await databaseNow(tx);
  // What the look-up said is kept: the send that follows is an attempt of its own.
  const outcome = request.provedAbsent ? "absent" : "inconclusive";
  await endAttempts(tx, [{ effectId: effect.id, token: request.token, outcome }]);
  const freeFrom = await endOfHold(tx, { effect, request, at });
  if (request.paused || freeFrom > at) {
    await putBack(tx, { ...looked, not_before: freeFrom });
    return null;
  }
  const [renewed] = (await takeEffects(tx, [{ effect: looked, request, kind: "send", now: at }])).values();
  return renewed ? { effect: renewed, at, clockMs } : null;
}

const hasClaim = ({ state, token }: EffectRow, request: ClaimRequest): boolean =>
  state === "sending" && token === request.token;

/** `at` where none lasts then. */
async function endOfHold(
  tx: Tx,
  { effect, request, at }: { readonly effect: EffectRow; readonly request: ClaimRequest; readonly at: Date },
): Promise<Date> {
  const { connection_id: connectionId } = effect;
  const [held = null] = await holdsOf(tx, connectionId ? [{ connectionId, scopes: request.slots }] : []);
  return isAfter(held, at) ? held : at;
}
