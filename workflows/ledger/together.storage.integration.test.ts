import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import type { Incident } from "../ports.js";
import { createFakePorts } from "../testing/fake-ports.js";
import { anEffect, aRun, findEffect } from "../testing/ledger-rows.js";
import { claimEffects } from "./claim.js";
import { readFacts } from "./fact-store.js";
import { BARE, settleEffects } from "./settle.js";
import { transact } from "./transact.js";

let database: TestDatabase;
const incidents: Incident[] = [];
const ports = createFakePorts({ incidents });
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function anOwnedEffect() {
  const run = await aRun(database.db);
  return { owner: { kind: "run", id: run.id } as const, effectId: await anEffect(database.db, ports.sealer, run) };
}

test("of two that want one effect in one transaction, the first may have it", async () => {
  const { owner, effectId } = await anOwnedEffect();
  const asked = [1, 2].map(() => ({ owner, request: { effectId, token: randomUUID(), claimMs: 60_000, slots: [] } }));
  const claims = await transact(database.db, (tx) => claimEffects(tx, asked));
  expect(claims.map(({ kind }) => kind)).toEqual(["send", "later"]);
  expect(await findEffect(database.db, effectId)).toMatchObject({ attempts: 1, token: asked[0]?.request.token });
});

test("of two successes of one effect in one transaction the first counts, and the second is an incident", async () => {
  const { owner, effectId } = await anOwnedEffect();
  const asked = ["C1/1.1", "C1/2.2"].map((externalId) => ({
    owner,
    settlement: { ...BARE, effectId, state: "done", externalId } as const,
  }));
  expect(await transact(database.db, (tx) => settleEffects(tx, ports, asked))).toEqual([true, false]);
  expect(await findEffect(database.db, effectId)).toMatchObject({ state: "done", external_id: "C1/1.1" });
  expect((await readFacts(database.db, owner.id)).map(({ fact }) => fact.kind)).toEqual(["settled"]);
  expect(incidents).toMatchObject([{ kind: "effect_doubled", code: "C1/1.1 and C1/2.2" }]);
});
