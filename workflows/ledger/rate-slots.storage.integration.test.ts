import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { setDatabaseClock } from "../../server/testing/database-clock.js";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { createFakeSealer } from "../testing/fake-sealer.js";
import { anEffect, aRun, claimEffect, findEffect } from "../testing/ledger-rows.js";
import { databaseNow } from "./clock.js";
import { holdSlot } from "./rate-slots.js";
import type { RunRow } from "./run-store.js";
import { postponeEffect } from "./settle.js";
import { transact } from "./transact.js";

let database: TestDatabase;
const sealer = createFakeSealer();
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => setDatabaseClock(database.db, 0));
afterAll(() => database.drop());

const slots = [{ scope: "channel:C1", intervalMs: 60_000 }];
const claim = (run: RunRow, effectId: string) =>
  transact(database.db, (tx) =>
    claimEffect(tx, { kind: "run", id: run.id }, { effectId, token: randomUUID(), claimMs: 60_000, slots }),
  );

test("sends in one scope are spaced by its interval, and an effect comes back to the slot that it reserved", async () => {
  const connectionId = randomUUID();
  const run = await aRun(database.db);
  const ids = [];
  for (const nodeId of ["a", "b", "c"]) ids.push(await anEffect(database.db, sealer, run, { nodeId, connectionId }));
  const kinds = [];
  for (const effectId of ids) kinds.push((await claim(run, effectId)).kind);
  expect(kinds).toEqual(["send", "later", "later"]);
  const [, second, third] = await Promise.all(ids.map((id) => findEffect(database.db, id)));
  expect(Number(third?.not_before) - Number(second?.not_before)).toBe(60_000);
  await sql`update effect set not_before = lw_now() where id = ${ids[2]}`.execute(database.db);
  expect((await claim(run, ids[2] ?? "")).kind).toBe("send");
});

/** Effects of one channel that came at once: the first may be sent, the others reserved the slots after it. */
async function reservedEffects(connectionId: string) {
  const run = await aRun(database.db);
  const ids: string[] = [];
  for (const nodeId of ["a", "b", "c"]) ids.push(await anEffect(database.db, sealer, run, { nodeId, connectionId }));
  for (const id of ids) await claim(run, id);
  return { run, first: ids[0]!, second: ids[1]!, third: ids[2]! };
}
const hold = (connectionId: string, forMs: number, scope = "channel:C1") =>
  transact(database.db, (tx) => holdSlot(tx, connectionId, scope, forMs));
/** Seconds from now, the database's. */
const secondsUntil = async (effectId: string) => {
  const now = await databaseNow(database.db);
  return Math.round((Number((await findEffect(database.db, effectId))?.not_before) - now.getTime()) / 1_000);
};
const at = (ms: number) => setDatabaseClock(database.db, ms);

test("a Retry-After holds the scope for every worker, whether it was used before or not", async () => {
  for (const usedBefore of [false, true]) {
    const connectionId = randomUUID();
    const run = await aRun(database.db);
    if (usedBefore) await claim(run, await anEffect(database.db, sealer, run, { nodeId: "b", connectionId }));
    const effectId = await anEffect(database.db, sealer, run, { connectionId });
    await hold(connectionId, 600_000);
    await hold(connectionId, 30_000);
    expect((await claim(run, effectId)).kind).toBe("later");
    expect(await secondsUntil(effectId)).toBeCloseTo(600, -1);
  }
});

test("it also holds effects that reserved a slot before it; after it they come apart, not all at once", async () => {
  const connectionId = randomUUID();
  const { run, first, second, third } = await reservedEffects(connectionId);
  await transact(database.db, async (tx) => {
    const { token } = (await findEffect(tx, first))!;
    const back = { code: "rate_limited", message: null, waitMs: 600_000, inDoubt: false, token: token! };
    const held = {
      ...back,
      effectId: first,
      outcome: "TRANSIENT",
      hold: { scope: "channel:C1", forMs: 600_000 },
    } as const;
    await postponeEffect(tx, sealer, { kind: "run", id: run.id }, held);
  });
  await at(125_000);
  expect([await claim(run, second), await claim(run, third)]).toEqual([{ kind: "later" }, { kind: "later" }]);
  expect(await secondsUntil(second)).toBeCloseTo(475, -1);
  expect((await secondsUntil(third)) - (await secondsUntil(second))).toBe(60);
  await at(605_000);
  expect([(await claim(run, second)).kind, (await claim(run, third)).kind]).toEqual(["send", "later"]);
  await at(665_000);
  expect((await claim(run, third)).kind).toBe("send");
});

test("who reserved a slot before a hold and comes back only after its end still waits for a fresh one", async () => {
  const connectionId = randomUUID();
  const { run, second, third } = await reservedEffects(connectionId);
  await hold(connectionId, 200_000);
  await at(300_000);
  expect([(await claim(run, second)).kind, (await claim(run, third)).kind]).toEqual(["send", "later"]);
});

test("who comes back long after the reserved slot takes a fresh one: nobody goes at once with the others", async () => {
  const { run, second, third } = await reservedEffects(randomUUID());
  await at(700_000);
  expect([(await claim(run, second)).kind, (await claim(run, third)).kind]).toEqual(["send", "later"]);
  expect(await secondsUntil(third)).toBeCloseTo(60, -1);
});

test("a reserved slot that lies after the hold is kept", async () => {
  const connectionId = randomUUID();
  const { run, third } = await reservedEffects(connectionId);
  await hold(connectionId, 30_000);
  await at(121_000);
  expect((await claim(run, third)).kind).toBe("send");
});

test("a hold of the whole connection holds calls whose connector names no rate for it", async () => {
  const connectionId = randomUUID();
  const { run, second, third } = await reservedEffects(connectionId);
  await hold(connectionId, 600_000, "connection");
  await at(125_000);
  expect([(await claim(run, second)).kind, (await claim(run, third)).kind]).toEqual(["later", "later"]);
  expect((await secondsUntil(third)) - (await secondsUntil(second))).toBe(60);
});
