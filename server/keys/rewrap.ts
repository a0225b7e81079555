import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { WRAPPED_KEY_BYTES, type Envelope } from "../privacy/envelope.js";
import type { Kek } from "../privacy/kek.js";
import { lockAfter, lockUnderOthers, putCells, type WrappedCell } from "./wrapped-store.js";
import { sealedThings, wrappedThings, type SealedThing, type WrappedThing } from "./wrapped-things.js";

/** Called after each batch is committed, with how many cells are done so far. */
export type Progress = (done: number) => void;

/** Locks of a batch are held for milliseconds, so that nobody who works notices. */
const BATCH = 25;

/** Wraps by today's KEK whatever another wraps. What is done already is not looked at, so it may be asked again after a crash. */
export async function rewrapAll(db: Db, kek: Kek, progress: Progress): Promise<number> {
  const { id: kekId } = kek;
  let done = 0;
  for (const thing of wrappedThings)
    for (let cells = -1; cells !== 0;) {
      cells = await transact(db, async (tx) => {
        const batch = await lockUnderOthers(tx, thing, { kekId, limit: BATCH });
        await putCells(tx, thing, batch.map(rewrapped(kek, thing)));
        return batch.length;
      });
      done += cells;
      if (cells > 0) progress(done);
    }
  return done;
}

const rewrapped =
  (kek: Kek, { purpose, place }: WrappedThing) =>
  ({ key, bytes }: WrappedCell): WrappedCell => ({
    key,
    bytes: Buffer.concat([
      kek.rewrap(purpose, place(key), bytes.subarray(0, WRAPPED_KEY_BYTES)),
      bytes.subarray(WRAPPED_KEY_BYTES),
    ]),
  });

/** Seals the secrets of every connection, source and sign-in provider again, each with a data key that is new. */
export async function resealAll(db: Db, envelope: Envelope, progress: Progress): Promise<number> {
  let done = 0;
  for (const thing of sealedThings)
    for (let after: string | null = null, more = true; more;) {
      const batch: readonly WrappedCell[] = await transact(db, async (tx) => {
        const cells = await lockAfter(tx, thing, { after, limit: BATCH });
        await putCells(tx, thing, cells.map(resealed(envelope, thing)));
        return cells;
      });
      done += batch.length;
      after = batch.at(-1)?.key ?? after;
      more = batch.length === BATCH;
      if (batch.length > 0) progress(done);
    }
  return done;
}

const resealed =
  (envelope: Envelope, { seals, place }: SealedThing) =>
  ({ key, bytes }: WrappedCell): WrappedCell => ({
    key,
    bytes: envelope.seal(seals, place(key), envelope.open(seals, place(key), bytes)),
  });
