import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { createFakeSealer } from "../testing/fake-sealer.js";
import { anEffect, aRun } from "../testing/ledger-rows.js";
import { claimEffect } from "./claim.js";
import { findEffect } from "./effect-store.js";
import { holdSlot } from "./rate-slots.js";
import type { RunRow } from "./run-store.js";
import { transact } from "./transact.js";

let database: TestDatabase;
const sealer = createFakeSealer();
beforeAll(async () => {
  database = await createTestDatabase();
});
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

test("a Retry-After holds the scope for every worker", async () => {
  const connectionId = randomUUID();
  const run = await aRun(database.db);
  const effectId = await anEffect(database.db, sealer, run, { connectionId });
  await transact(database.db, (tx) => holdSlot(tx, connectionId, "channel:C1", 30_000));
  expect((await claim(run, effectId)).kind).toBe("later");
  const wait = Number((await findEffect(database.db, effectId))?.not_before) - Date.now();
  expect(Math.round(wait / 10_000)).toBe(3);
});
