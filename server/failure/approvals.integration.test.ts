import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { setDatabaseClock } from "../testing/database-clock.js";
import { checkInvariants } from "../testing/invariants.js";
import { approvals, effects, runsOf } from "../testing/ledger-views.js";
import { post, type FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { seeded } from "../testing/seeded.js";
import { managers, pressApprove } from "../testing/slack-people.js";
import { databaseNow } from "../../workflows/ledger/clock.js";
import { until } from "../../workflows/testing/until.js";
import { approvalFlows, expectEffectsOfDecisions, raceOf, type Approval } from "./testing/approval-races.js";
import { inTurn } from "./testing/in-turn.js";
import { allAtRest, PATIENCE_MS } from "./testing/settled.js";

vi.setConfig({ testTimeout: PATIENCE_MS });

let product: Product;
let patient: FlowHandle[];
let hasty: FlowHandle[];

beforeAll(async () => {
  product = await startProduct();
  patient = await approvalFlows(product, { amount: 1, unit: "days" });
  hasty = await approvalFlows(product, { amount: 1, unit: "minutes" });
});
afterAll(() => product.stop());

async function ask(flows: readonly FlowHandle[], count: number): Promise<Approval[]> {
  const { db } = product;
  const before = new Set((await approvals(db)).map(({ id }) => id));
  await inTurn(count, 10, (index) => post(flows[index % flows.length]!));
  const asked = async () => (await approvals(db)).filter(({ id }) => !before.has(id));
  return until(asked, (rows) => rows.length === count, { what: `${count} approvals` });
}

async function outcomeOf(asked: readonly Approval[]): Promise<Approval[]> {
  const ids = new Set(asked.map(({ id }) => id));
  return (await approvals(product.db)).filter(({ id }) => ids.has(id));
}

test("of two managers who decide within five milliseconds one wins, fifty times, and the run does what they said", async () => {
  const random = seeded(7);
  const asked = await ask(patient, 50);
  await inTurn(asked.length, 8, (index) => raceOf(product.url, asked[index]!.id, random));
  await allAtRest(product.db, 50);
  const decided = await outcomeOf(asked);
  expect(decided.filter(({ state }) => state !== "approved" && state !== "rejected")).toEqual([]);
  await expectEffectsOfDecisions(product, decided);
  await checkInvariants(product, []);
});

test("between a click and the time-out one judge decides, and the effects are those of its decision", async () => {
  const random = seeded(11);
  const asked = await ask(hasty, 12);
  const posted = new Set(asked.map(({ run_id }) => run_id));
  await until(
    async () => (await effects(product.db)).filter(({ owner_id, state }) => posted.has(owner_id) && state === "done"),
    (cards) => cards.length === asked.length,
    { what: "the cards" },
  );
  const now = await databaseNow(product.db);
  // Every approval has a minute; the clock jumps to three seconds before the first of them ends.
  const aheadMs = Math.min(...asked.map(({ expires_at }) => expires_at.getTime())) - now.getTime() - 3_000;
  await setDatabaseClock(product.db, Math.max(0, aheadMs));
  await Promise.all(
    asked.map(async ({ id, expires_at }) => {
      const jitterMs = (random() - 0.5) * 100;
      await until(
        () => databaseNow(product.db),
        (at) => at.getTime() >= expires_at.getTime() + jitterMs,
        { what: "the time-out", everyMs: 5 },
      );
      expect(await pressApprove({ productUrl: product.url, approvalId: id, by: managers.maya })).toBe(200);
    }),
  );
  await allAtRest(product.db, 62);
  const decided = await outcomeOf(asked);
  expect(decided.filter(({ state }) => state !== "approved" && state !== "expired")).toEqual([]);
  await expectEffectsOfDecisions(product, decided);
  expect((await runsOf(product.db)).filter(({ state }) => state !== "finished")).toEqual([]);
  await checkInvariants(product, []);
});
