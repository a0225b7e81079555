import { sql } from "kysely";
import { isAfter } from "./clock.js";
import type { EffectRow } from "./effect-store.js";
import { holdsOf, reserveAll, type SlotScope } from "./rate-slots.js";
import { rowsAs } from "./rows.js";
import type { Tx } from "./tx.js";

interface Asking {
  readonly effect: EffectRow;
  readonly request: { readonly slots: readonly SlotScope[] };
}

/**
 * Those that may go out now. The others store the slot that they reserved, so that they come back to it and not to the end of the
 * queue. A slot within a later hold is void, and so is one long past: fresh ones keep those apart that come back all at once.
 */
export async function reserveOrWait<One extends Asking>(tx: Tx, candidates: readonly One[], now: Date): Promise<One[]> {
  const connected = candidates.flatMap((candidate) => {
    const { connection_id: connectionId } = candidate.effect;
    return connectionId ? [{ candidate, connectionId, scopes: candidate.request.slots }] : [];
  });
  const holds = await holdsOf(tx, connected);
  const asking = connected.flatMap((one, index) => {
    const held = holds[index] ?? null;
    const { not_before: reserved, slot_reserved } = one.candidate.effect;
    if (slot_reserved && reserved && isFresh(reserved, now) && !isAfter(held, reserved)) return [];
    return [{ ...one, from: held && held > now ? held : now }];
  });
  const slots = await reserveAll(tx, asking);
  const waiting = asking.flatMap(({ candidate, from }, index) => {
    const slot = slots[index] ?? from;
    return slot > now ? [{ id: candidate.effect.id, slot }] : [];
  });
  await waitForSlots(tx, waiting);
  const late = new Set(waiting.map(({ id }) => id));
  return candidates.filter(({ effect }) => !late.has(effect.id));
}

/** How long after its moment a slot may still be used. */
const GOOD_FOR_MS = 30_000;

const isFresh = (slot: Date, now: Date): boolean => now.getTime() - slot.getTime() <= GOOD_FOR_MS;

async function waitForSlots(tx: Tx, waiting: readonly { id: string; slot: Date }[]): Promise<void> {
  if (waiting.length === 0) return;
  await sql`
    update effect set not_before = waiting.slot, slot_reserved = true from ${rowsAs("waiting", waiting, {
      id: ["uuid", ({ id }) => id],
      slot: ["timestamptz", ({ slot }) => slot],
    })}
    where effect.id = waiting.id`.execute(tx);
}
