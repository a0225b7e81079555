import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { createFakePorts } from "../testing/fake-ports.js";
import { anEffect, aRun, claimEffect, findEffect } from "../testing/ledger-rows.js";
import { reopenEffect } from "./reopen.js";
import type { RunRow } from "./run-store.js";
import { BARE, settleEffect, type Settlement } from "./settle.js";
import { transact } from "./transact.js";

let database: TestDatabase;
const ports = createFakePorts();
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const ref = (run: RunRow) => ({ kind: "run", id: run.id }) as const;
const HOUR_MS = 3_600_000;

/** Sent by an attempt that never told, and parked by its driver. */
async function parked() {
  const run = await aRun(database.db);
  const retryUntil = new Date(Date.now() + 60_000);
  const effectId = await anEffect(database.db, ports.sealer, run, { retryUntil });
  const token = randomUUID();
  const claim = () =>
    transact(database.db, (tx) =>
      claimEffect(tx, ref(run), { effectId, token: randomUUID(), claimMs: HOUR_MS, slots: [] }),
    );
  await transact(database.db, (tx) => claimEffect(tx, ref(run), { effectId, token, claimMs: HOUR_MS, slots: [] }));
  const settle = (state: Settlement["state"], by: string | null) => {
    const attempt = by === null ? null : ({ token: by, outcome: "AMBIGUOUS" } as const);
    return transact(database.db, (tx) => settleEffect(tx, ports, ref(run), { ...BARE, effectId, attempt, state }));
  };
  await settle("ambiguous", null);
  const reopen = (forMs = HOUR_MS) => transact(database.db, (tx) => reopenEffect(tx, { effectId, forMs }));
  return { run, effectId, token, retryUntil, claim, settle, reopen };
}

test("an effect in doubt that is opened again is looked up first, whoever claimed it before", async () => {
  const { claim, reopen } = await parked();
  expect(await claim()).toEqual({ kind: "settled" });
  await reopen();
  expect((await claim()).kind).toBe("look-up");
});

test("its window of doubt begins anew, and it is tried for as long again", async () => {
  const { effectId, retryUntil, reopen } = await parked();
  const before = await findEffect(database.db, effectId);
  const until = await reopen();
  const after = await findEffect(database.db, effectId);
  expect(Number(after?.doubt_since)).toBeGreaterThan(Number(before?.settled_at));
  expect(after).toMatchObject({ first_sending_at: before?.first_sending_at, settled_at: null, retry_until: until });
  expect(Number(until)).toBeGreaterThanOrEqual(Number(after?.doubt_since) + HOUR_MS);
  expect(Number(until)).toBeGreaterThan(Number(retryUntil));
});

test("a time for trying that is longer already stays", async () => {
  const { retryUntil, reopen } = await parked();
  expect(await reopen(0)).toEqual(retryUntil);
});

test("from the attempts before only success is accepted", async () => {
  const { effectId, token, reopen, settle } = await parked();
  await reopen();
  expect(await settle("failed", token)).toBe(false);
  expect(await settle("done", token)).toBe(true);
  expect((await findEffect(database.db, effectId))?.state).toBe("done");
});

test("what is not in doubt is not opened", async () => {
  const { effectId, reopen, settle } = await parked();
  await settle("done", null);
  expect(await reopen()).toBeNull();
  expect((await findEffect(database.db, effectId))?.state).toBe("done");
});
