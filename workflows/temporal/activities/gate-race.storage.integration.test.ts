import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { lockRuns, type RunRow } from "../../ledger/run-store.js";
import { transact } from "../../ledger/transact.js";
import { aheadOf, awaitTurns, lockKeys, takeTurns, wakeNext } from "../../ledger/turns.js";
import { aKeyQueue, keyedExecution, useKeyQueues } from "../../testing/key-queue.js";
import { lockWaits } from "../../testing/lock-waits.js";
import { askTurns } from "./gate.js";
import { readSnapshots } from "./snapshot.js";

const queues = useKeyQueues();
const { runsOf, read, dueAfter, cancel } = queues;

const oneWaitsForALock = () => expect.poll(() => lockWaits(queues.db)).toBe(1);

describe("the race between a run that ends and one that is about to wait", () => {
  /** The holder has its turn; the waiter has not asked yet. */
  async function pair() {
    const { advance, dependencies, woken } = keyedExecution(queues.db, "queue");
    const [holder, waiter] = await runsOf(aKeyQueue(), 2);
    await advance.advance(holder!.id, []);
    await cancel(holder!);
    return { advance, dependencies, woken, holder: holder!, waiter: waiter! };
  }
  /** What the gate does, in its two halves, and the commit between them in the test's hand. */
  async function askInTwo(waiter: RunRow, between: () => Promise<void>): Promise<void> {
    await transact(queues.db, async (tx) => {
      const locked = [...(await lockRuns(tx, [waiter.id])).values()];
      await lockKeys(tx, locked);
      const ahead = await aheadOf(tx, [waiter.id]);
      await between();
      if (ahead.has(waiter.id)) await awaitTurns(tx, [{ id: waiter.id, afterMs: 60_000 }]);
      else await takeTurns(tx, [waiter.id]);
    });
  }

  test("the end comes between the look and the commit: the wake waits for the lock, and makes it due", async () => {
    const { dependencies, holder, waiter } = await pair();
    let waking: Promise<unknown> = Promise.resolve();
    await askInTwo(waiter, async () => {
      await queues.db
        .transaction()
        .execute((tx) =>
          sql`update run set finished_at = lw_now(), state = 'cancelled' where id = ${holder.id}`.execute(tx),
        );
      waking = wakeNext(dependencies.db, [holder]);
      await oneWaitsForALock();
    });
    expect(await waking).toEqual([waiter.id]);
    expect(await dueAfter(waiter)).toBeLessThanOrEqual(0);
  });

  test("the end comes after the commit: the wake finds the one who waits", async () => {
    const { advance, woken, holder, waiter } = await pair();
    await askInTwo(waiter, () => Promise.resolve());
    expect(await dueAfter(waiter)).toBeGreaterThan(50_000);
    await advance.advance(holder.id, []);
    expect(woken).toEqual([waiter.id]);
    expect(await dueAfter(waiter)).toBeLessThanOrEqual(0);
  });

  test("the end comes before the look: it does not wait at all", async () => {
    const { advance, holder, waiter } = await pair();
    await advance.advance(holder.id, []);
    await advance.advance(waiter.id, []);
    expect(await read(waiter)).toMatchObject({ turn: 0 });
  });

  test("of two that ask side by side the second waits for the first's answer, and never do both go", async () => {
    const { dependencies } = keyedExecution(queues.db, "queue");
    const [older, younger] = await runsOf(aKeyQueue(), 2);
    const [snapshot] = await readSnapshots(queues.db, dependencies.ports, [older!.id]);
    // As where the event of the older one is stored only while the younger one asks.
    await sql`update run set flow_key = null where id = ${older!.id}`.execute(queues.db);
    let asking: Promise<unknown> = Promise.resolve();
    await transact(queues.db, async (tx) => {
      await lockKeys(tx, [...(await lockRuns(tx, [younger!.id])).values()]);
      expect(await aheadOf(tx, [younger!.id])).toEqual(new Map());
      await takeTurns(tx, [younger!.id]);
      await sql`update run set flow_key = ${younger!.flow_key} where id = ${older!.id}`.execute(queues.db);
      asking = askTurns(dependencies, [snapshot!]);
      await oneWaitsForALock();
    });
    expect(await asking).toEqual(["waits"]);
    expect(await read(younger!)).toMatchObject({ turn: 0 });
    expect(await read(older!)).toMatchObject({ turn: older!.turn, state: "queued" });
  });
});
