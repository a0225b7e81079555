import { sql } from "kysely";
import { beginAttempt, endAttempt } from "./attempts.js";
import { databaseNow, ledgerMoment } from "./clock.js";
import { lockEffect, type EffectRow } from "./effect-store.js";
import { heldUntil, reserveSlots, type SlotScope } from "./rate-slots.js";
import { lockOwner, type Owner, type OwnerRef } from "./owner.js";
import type { LedgerTables } from "./tables.js";
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
      readonly mayOnlyLook: boolean;
    } & Taken)
  /**
   * Not now; the row says when (`not_before`, the live claim's end, or never if nothing is left to do). Or nothing goes out of this
   * database, because it was restored.
   */
  | { readonly kind: "later" }
  | { readonly kind: "settled" }
  /** Its time is up: claims refuse after `retry_until`. */
  | { readonly kind: "expired" };

/** Takes the right to act on an effect, by one compare-and-set under its owner's lock. */
export async function claimEffect(tx: Tx, ref: OwnerRef, request: ClaimRequest): Promise<Claim> {
  const owner = await lockOwner(tx, ref);
  const effect = await lockEffect(tx, request.effectId);
  if (!owner || !effect || isSettled(effect)) return { kind: "settled" };
  const clockMs = readClocks();
  const { now, standsStill } = await ledgerMoment(tx);
  const refusal = standsStill ? "later" : refusalOf(owner, effect, now);
  if (refusal) return { kind: refusal };
  if (await waitsForSlot(tx, effect, { now, slots: request.slots })) return { kind: "later" };
  if (effect.state === "intent")
    return { kind: "send", effect: await take(tx, effect, { ...request, kind: "send", now }), at: now, clockMs };
  const lastSentAt = await lastSent(tx, effect);
  const claimed = await take(tx, effect, { ...request, kind: "look-up", now });
  return { kind: "look-up", effect: claimed, at: now, clockMs, lastSentAt, mayOnlyLook: isBarred(owner, effect) };
}

/** Of attempts that ended as "not applied" nothing can turn up any more. */
async function lastSent(tx: Tx, { id, forgotten_until, first_sending_at, created_at }: EffectRow): Promise<Date> {
  const { rows } = await sql<{ at: Date | null }>`
    select greatest(max(started_at), ${forgotten_until}::timestamptz) as at from effect_attempt
    where effect_id = ${id} and kind = 'send' and (outcome is null or outcome = 'AMBIGUOUS')`.execute(tx);
  return rows[0]?.at ?? first_sending_at ?? created_at;
}

const isSettled = ({ state }: EffectRow): boolean => state !== "intent" && state !== "sending";

/** A cancelled owner sends nothing but its closing effects; a run that went past an effect does not send it any more. */
const isBarred = (owner: Owner, { closing, barred }: EffectRow): boolean => barred || (owner.cancelled && !closing);

const maySendNoMore = (owner: Owner, effect: EffectRow): boolean => owner.over || isBarred(owner, effect);

function refusalOf(owner: Owner, effect: EffectRow, now: Date): "later" | "expired" | null {
  if (isAfter(effect.claimed_until, now) || isAfter(effect.not_before, now)) return "later";
  if (now > effect.retry_until) return "expired";
  return effect.state === "intent" && maySendNoMore(owner, effect) ? "later" : null;
}

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
  if (!owner || !effect || !isHeldBy(effect, request) || maySendNoMore(owner, effect)) return null;
  const looked = { ...effect, doubt_since: request.provedAbsent ? null : effect.doubt_since };
  const clockMs = readClocks();
  const at = await databaseNow(tx);
  // What the look-up said is kept: the send that follows is an attempt of its own.
  const outcome = request.provedAbsent ? "absent" : "inconclusive";
  await endAttempt(tx, { effectId: effect.id, token: request.token, at, outcome });
  const held = await holdOf(tx, effect, request);
  if (request.paused || isAfter(held, at)) {
    await giveBack(tx, looked, isAfter(held, at) ? held : at);
    return null;
  }
  const renewed = await take(tx, looked, { ...request, kind: "send", now: at });
  return { effect: renewed, at, clockMs };
}

const isHeldBy = ({ state, token }: EffectRow, request: ClaimRequest): boolean =>
  state === "sending" && token === request.token;

/** As before its claim: nothing of it was applied, or what may have been is looked up again. */
async function giveBack(tx: Tx, { id, doubt_since }: EffectRow, notBefore: Date | null): Promise<void> {
  await tx
    .withTables<LedgerTables>()
    .updateTable("effect")
    .set({ state: doubt_since ? "sending" : "intent", doubt_since, claimed_until: null, not_before: notBefore })
    .where("id", "=", id)
    .execute();
}

const holdOf = (tx: Tx, { connection_id }: EffectRow, { slots }: ClaimRequest): Promise<Date | null> =>
  connection_id ? heldUntil(tx, { connectionId: connection_id, scopes: slots }) : Promise.resolve(null);

async function take(
  tx: Tx,
  effect: EffectRow,
  claim: ClaimRequest & { kind: "send" | "look-up"; now: Date },
): Promise<EffectRow> {
  const { kind, token, now: at } = claim;
  const number = effect.attempts + 1;
  await beginAttempt(tx, { effectId: effect.id, number, kind, token, at });
  return tx
    .withTables<LedgerTables>()
    .updateTable("effect")
    .set({
      state: "sending",
      token: claim.token,
      claimed_until: new Date(claim.now.getTime() + claim.claimMs),
      first_sending_at: effect.first_sending_at ?? claim.now,
      doubt_since: effect.doubt_since ?? (claim.kind === "look-up" ? effect.first_sending_at : null),
      not_before: null,
      slot_reserved: false,
      attempts: number,
    })
    .where("id", "=", effect.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Stores the reserved slot when it is not due yet, so that the effect comes back to that slot and not to the end of the queue. A slot
 * within a later hold is void, however late the effect comes back to it: a fresh one keeps those that waited apart.
 */
async function waitsForSlot(
  tx: Tx,
  { id, connection_id: connectionId, not_before: reserved, slot_reserved }: EffectRow,
  { now, slots }: { now: Date; slots: readonly SlotScope[] },
): Promise<boolean> {
  if (!connectionId) return false;
  const held = await heldUntil(tx, { connectionId, scopes: slots });
  if (slot_reserved && reserved && !isAfter(held, reserved)) return false;
  const from = held && held > now ? held : now;
  const slot = (await reserveSlots(tx, { connectionId, scopes: slots, now: from })) ?? from;
  if (slot <= now) return false;
  await tx
    .withTables<LedgerTables>()
    .updateTable("effect")
    .set({ not_before: slot, slot_reserved: true })
    .where("id", "=", id)
    .execute();
  return true;
}

const isAfter = (moment: Date | null, now: Date): boolean => moment !== null && moment > now;
