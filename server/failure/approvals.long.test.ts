import { expect, test } from "vitest";
import { until } from "../../workflows/testing/until.js";
import { checkInvariants } from "../testing/invariants.js";
import { approvals } from "../testing/ledger-views.js";
import { post } from "../testing/product-front.js";
import { startProduct } from "../testing/product.js";
import { seeded } from "../testing/seeded.js";
import { approvalFlows, expectEffectsOfDecisions, raceOf } from "./testing/approval-races.js";
import { inTurn } from "./testing/in-turn.js";
import { allAtRest } from "./testing/settled.js";

const RACES = 1_000;
/** A card and its decision each take a slot of Slack's pace. */
const PATIENCE_MS = 800_000;

test("of two managers who decide within five milliseconds one wins, a thousand times, and the run does what they said", async () => {
  const product = await startProduct();
  try {
    const flows = await approvalFlows(product, { amount: 1, unit: "days" });
    const random = seeded(7);
    for (let raced = 0; raced < RACES; raced += 50) {
      await inTurn(50, 10, (index) => post(flows[index % flows.length]!));
      const pending = await until(
        async () => (await approvals(product.db)).filter(({ state }) => state === "pending"),
        (rows) => rows.length === 50,
        { what: "fifty approvals" },
      );
      await inTurn(pending.length, 8, (index) => raceOf(product.url, pending[index]!.id, random));
    }
    await allAtRest(product.db, RACES, PATIENCE_MS);
    const decided = await approvals(product.db);
    expect(decided.filter(({ state }) => state !== "approved" && state !== "rejected")).toEqual([]);
    await expectEffectsOfDecisions(product, decided);
    await checkInvariants(product, []);
  } finally {
    await product.stop();
  }
});
