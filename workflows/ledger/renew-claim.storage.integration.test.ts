import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setDatabaseClock } from "../../server/testing/database-clock.js";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { createFakeSealer } from "../testing/fake-sealer.js";
import { anEffect, aRun, attemptsOf, claimEffect, findEffect } from "../testing/ledger-rows.js";
import { renewClaim } from "./claim.js";
import { databaseNow } from "./clock.js";
import { holdSlot } from "./rate-slots.js";
import type { RunRow } from "./run-store.js";
import { transact } from "./transact.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const slots = [{ scope: "channel:C1", intervalMs: 60_000 }];
const aRequest = (effectId: string) => ({ effectId, token: randomUUID(), claimMs: 30_000, slots });
type Request = ReturnType<typeof aRequest>;
const claim = (run: RunRow, request: Request) =>
  transact(database.db, (tx) => claimEffect(tx, { kind: "run", id: run.id }, request));

/** A worker sent it and died; another one looks it up now. */
async function lookedUp() {
  await setDatabaseClock(database.db, 0);
  const connectionId = randomUUID();
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, createFakeSealer(), run, { connectionId });
  await claim(run, aRequest(effectId));
  await setDatabaseClock(database.db, 120_000);
  const request = aRequest(effectId);
  expect((await claim(run, request)).kind).toBe("look-up");
  const renew = (provedAbsent: boolean, paused = false) =>
    transact(database.db, (tx) => renewClaim(tx, { kind: "run", id: run.id }, { ...request, provedAbsent, paused }));
  return { run, effectId, connectionId, renew };
}

const hold = (connectionId: string, scope: string) =>
  transact(database.db, (tx) => holdSlot(tx, connectionId, scope, 600_000));
const read = async (effectId: string) => (await findEffect(database.db, effectId))!;

test("a holder that looked goes on to send, and the doubt is over where it proved absence", async () => {
  for (const provedAbsent of [true, false]) {
    const { effectId, renew } = await lookedUp();
    expect(await renew(provedAbsent)).toMatchObject({ effect: { state: "sending", attempts: 3 } });
    expect((await read(effectId)).doubt_since === null).toBe(provedAbsent);
  }
});

test.each(["channel:C1", "connection"])(
  "a hold of %s that came while it looked gives the effect back until the hold's end",
  async (scope) => {
    const { run, effectId, connectionId, renew } = await lookedUp();
    await hold(connectionId, scope);
    expect(await renew(true)).toBeNull();
    const effect = await read(effectId);
    expect(effect).toMatchObject({ state: "intent", doubt_since: null, claimed_until: null });
    const now = await databaseNow(database.db);
    expect((Number(effect.not_before) - now.getTime()) / 60_000).toBeCloseTo(10, 0);
    expect(await attemptsOf(database.db, effectId)).toEqual([
      { kind: "send", outcome: null },
      { kind: "look-up", outcome: "absent" },
    ]);
    expect((await claim(run, aRequest(effectId))).kind).toBe("later");
    await setDatabaseClock(database.db, 900_000);
    expect((await claim(run, aRequest(effectId))).kind).toBe("send");
  },
);

test("a hold that is over keeps nobody", async () => {
  const { connectionId, renew } = await lookedUp();
  await hold(connectionId, "connection");
  await setDatabaseClock(database.db, 900_000);
  expect(await renew(true)).not.toBeNull();
});

test("a hold of another channel keeps nobody", async () => {
  const { connectionId, renew } = await lookedUp();
  await hold(connectionId, "channel:C2");
  expect(await renew(true)).not.toBeNull();
});

test("what a look-up told nothing about stays in doubt when it is given back, and is looked up again", async () => {
  const { run, effectId, renew } = await lookedUp();
  expect(await renew(false, true)).toBeNull();
  const effect = await read(effectId);
  expect(effect).toMatchObject({ state: "sending", claimed_until: null });
  expect(effect.doubt_since).not.toBeNull();
  await setDatabaseClock(database.db, 240_000);
  expect((await claim(run, aRequest(effectId))).kind).toBe("look-up");
});
