import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { leaseQueued } from "../../ledger/due.js";
import { readFacts } from "../../ledger/fact-store.js";
import type { RunRow } from "../../ledger/run-store.js";
import { aKeyQueue, keyedExecution, useKeyQueues } from "../../testing/key-queue.js";
import { aRun } from "../../testing/ledger-rows.js";
import type { Advance } from "./advance.js";

const queues = useKeyQueues();
const { runsOf, read, dueAfter, cancel } = queues;
const kindsOf = async ({ id }: RunRow) => (await readFacts(queues.db, id)).map(({ fact }) => fact.kind);

describe("queue", () => {
  let advance: Advance;
  let woken: string[];
  beforeEach(() => {
    ({ advance, woken } = keyedExecution(queues.db, "queue"));
  });

  test("of two runs the older goes, and the other rests: queued, without a driver, and not due", async () => {
    const [first, second] = await runsOf(aKeyQueue(), 2);
    const waiting = await advance.advance(second!.id, []);
    expect(waiting).toMatchObject({ finished: true, open: [], start: [] });
    expect(await read(second!)).toMatchObject({ state: "queued", driven: false, seq: 0, finished_at: null });
    expect(await dueAfter(second!)).toBeGreaterThan(50_000);
    expect(await advance.advance(first!.id, [])).toMatchObject({ finished: false });
    expect(await read(first!)).toMatchObject({ turn: 0, state: "waiting" });
  });

  test("who waits in the lane rests too, so that nobody hands it to a driver", async () => {
    const [, second] = await runsOf(aKeyQueue(), 2);
    expect(await advance.passBy(second!.id)).toMatchObject({ rests: true });
    expect(await read(second!)).toMatchObject({ state: "queued", driven: false });
  });

  test("who had a driver before it had to wait is given back to the dispatcher", async () => {
    const queue = aKeyQueue();
    await aRun(queues.db, queue);
    const second = await aRun(queues.db, { ...queue, driven: true });
    await advance.advance(second.id, []);
    expect(await read(second)).toMatchObject({ driven: false });
  });

  test("the further behind, the later a run looks for itself, ten minutes at the most", async () => {
    const runs = await runsOf(aKeyQueue(), 15);
    await Promise.all(runs.slice(1).map(({ id }) => advance.passBy(id)));
    expect(await dueAfter(runs[1]!)).toBeLessThan(61_000);
    expect(await dueAfter(runs[3]!)).toBeGreaterThan(170_000);
    expect(await dueAfter(runs[14]!)).toBeLessThan(601_000);
  });

  test("the end of a run wakes the next, and only the next", async () => {
    const [first, second, third] = await runsOf(aKeyQueue(), 3);
    for (const { id } of [first!, second!, third!]) await advance.advance(id, []);
    await cancel(first!);
    await advance.advance(first!.id, []);
    expect((await read(first!)).finished_at).not.toBeNull();
    expect(woken).toEqual([second!.id]);
    expect(await dueAfter(second!)).toBeLessThanOrEqual(0);
    expect(await dueAfter(third!)).toBeGreaterThan(50_000);
    expect(await leaseQueued(queues.db, "run", { limit: 100, leaseMs: 60_000 })).toContain(second!.id);
  });

  test("a run that is cancelled while it waits ends at once, has done nothing, and wakes nobody before its turn", async () => {
    const [first, second, third] = await runsOf(aKeyQueue(), 3);
    for (const { id } of [first!, second!, third!]) await advance.advance(id, []);
    await cancel(second!);
    await advance.advance(second!.id, []);
    expect(await kindsOf(second!)).toEqual(["started", "cancelled", "finished"]);
    expect(woken).toEqual([]);
    await cancel(first!);
    await advance.advance(first!.id, []);
    expect(woken).toEqual([third!.id]);
  });

  test("runs of another key, of another flow and without a key do not wait", async () => {
    const queue = aKeyQueue();
    await runsOf(queue, 1);
    const others = [
      await aRun(queues.db, { ...queue, flowKey: randomBytes(32) }),
      await aRun(queues.db, { ...queue, flowId: randomUUID() }),
      await aRun(queues.db, { flowId: queue.flowId }),
    ];
    for (const { id } of others) expect(await advance.advance(id, [])).toMatchObject({ finished: false });
    expect((await read(others[2]!)).turn).toBeNull();
  });

  test("an older run that was stored later waits for the one that has its turn", async () => {
    const [first, second] = await runsOf(aKeyQueue(), 2);
    await sql`update run set flow_key = null, turn = null where id = ${first!.id}`.execute(queues.db);
    await advance.advance(second!.id, []);
    await sql`update run set flow_key = ${second!.flow_key}, turn = ${first!.turn} where id = ${first!.id}`.execute(
      queues.db,
    );
    expect(await advance.advance(first!.id, [])).toMatchObject({ finished: true });
    expect(await read(first!)).toMatchObject({ state: "queued", seq: 0 });
  });

  test("fifty runs of one key, asked for in any order and all at once, go one at a time in the order of their events", async () => {
    const runs = await runsOf(aKeyQueue(), 50);
    const order: string[] = [];
    const left = new Set(runs.map(({ id }) => id));
    const open = () => runs.filter(({ id }) => left.has(id));
    for (let round = 0; left.size > 0 && round < 60; round += 1) {
      await Promise.all(
        open()
          .toReversed()
          .map(({ id }) => advance.passBy(id)),
      );
      const begun = (await Promise.all(open().map(read))).filter(({ turn }) => turn === 0);
      expect(begun).toHaveLength(1);
      order.push(begun[0]!.id);
      await cancel(begun[0]!);
      await advance.passBy(begun[0]!.id);
      left.delete(begun[0]!.id);
    }
    expect(order).toEqual(runs.map(({ id }) => id));
  });
});

describe("skip", () => {
  test("a run that finds an older one open is over, says which, and has done nothing", async () => {
    const { advance, woken } = keyedExecution(queues.db, "skip");
    const [first, second] = await runsOf(aKeyQueue(), 2);
    await advance.advance(first!.id, []);
    expect(await advance.advance(second!.id, [])).toMatchObject({ finished: true });
    expect(await read(second!)).toMatchObject({ state: "finished", outcome: "skipped" });
    expect((await readFacts(queues.db, second!.id)).map(({ fact }) => [fact.kind, fact.data])).toMatchObject([
      ["started", {}],
      ["passedOver", { runId: first!.id }],
      ["finished", { outcome: "skipped" }],
    ]);
    expect(woken).toEqual([]);
  });

  test("whoever waits behind a run that is skipped is woken by its end", async () => {
    const queue = aKeyQueue();
    const [holder, second, third] = await runsOf(queue, 3);
    const inQueue = keyedExecution(queues.db, "queue").advance;
    for (const { id } of [second!, third!]) await inQueue.advance(id, []);
    const { advance, woken } = keyedExecution(queues.db, "skip");
    await sql`update run set turn = null, flow_key = null where id = ${holder!.id}`.execute(queues.db);
    await advance.advance(third!.id, []);
    expect((await read(third!)).outcome).toBe("skipped");
    expect(woken).toEqual([second!.id]);
  });

  test("the next one goes once the older one is over", async () => {
    const { advance } = keyedExecution(queues.db, "skip");
    const [first, second] = await runsOf(aKeyQueue(), 2);
    await advance.advance(first!.id, []);
    await cancel(first!);
    await advance.advance(first!.id, []);
    expect(await advance.advance(second!.id, [])).toMatchObject({ finished: false });
  });
});

describe("replace", () => {
  test("every older one is cancelled by the usual door, and the newest goes when they are over", async () => {
    const { advance, woken } = keyedExecution(queues.db, "replace");
    const [first, second, third] = await runsOf(aKeyQueue(), 3);
    await advance.advance(first!.id, []);
    expect(await advance.advance(third!.id, [])).toMatchObject({ finished: true });
    expect(woken).toEqual([first!.id, second!.id]);
    expect(await read(third!)).toMatchObject({ state: "queued", seq: 0 });
    for (const older of [first!, second!]) {
      expect(await read(older)).toMatchObject({ state: "cancelled", finished_at: null });
      expect(await dueAfter(older)).toBeLessThanOrEqual(0);
      const facts = (await readFacts(queues.db, older.id)).map(({ fact }) => fact);
      expect(facts.at(-1)).toMatchObject({ kind: "cancelled", data: { replacedBy: third!.id } });
    }
    woken.length = 0;
    await advance.advance(second!.id, []);
    await advance.advance(first!.id, []);
    expect(await read(first!)).toMatchObject({ state: "cancelled", outcome: "replaced" });
    expect(woken).toEqual([third!.id]);
    expect(await advance.advance(third!.id, [])).toMatchObject({ finished: false });
    expect(await read(third!)).toMatchObject({ turn: 0 });
  });

  test("who asks twice cancels nobody twice", async () => {
    const { advance } = keyedExecution(queues.db, "replace");
    const [first, second] = await runsOf(aKeyQueue(), 2);
    await advance.advance(first!.id, []);
    await advance.advance(second!.id, []);
    await advance.advance(second!.id, []);
    expect((await kindsOf(first!)).filter((kind) => kind === "cancelled")).toHaveLength(1);
  });

  test("however many there are, all are cancelled", async () => {
    const { advance } = keyedExecution(queues.db, "replace");
    const runs = await runsOf(aKeyQueue(), 130);
    await advance.advance(runs.at(-1)!.id, []);
    const states = await Promise.all(runs.map(async (run) => (await read(run)).state));
    expect(states.filter((state) => state === "cancelled")).toHaveLength(129);
  });
});
