import { afterAll, beforeAll, expect, test } from "vitest";
import { checkInvariants } from "../testing/invariants.js";
import { quarantined, revisions } from "../testing/ledger-views.js";
import { post, postRaw, publishFlow, type FlowHandle, type Posted } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { inTurn } from "./testing/in-turn.js";

let product: Product;
let flow: FlowHandle;

beforeAll(async () => {
  product = await startProduct({ worker: false });
  flow = await publishFlow(product.api, "take note", {
    nodes: [["noted", "end", { outcome: "noted" }]],
    edges: "start > noted",
  });
});
afterAll(() => product.stop());

test("a NUL in one of 200 bodies is quarantined alone; the other 199 are stored", async () => {
  const { db } = product;
  const bad = 117;
  const posted = await inTurn<Posted | number>(200, 200, (index) =>
    index === bad
      ? postRaw(flow, JSON.stringify({ responseId: "nul", score: 3, comment: "before\u0000after" })).then(
          (answer) => answer.status,
        )
      : post(flow, { responseId: `body-${index}`, comment: "fine" }),
  );
  expect(posted[bad]).toBe(202);
  expect(await revisions(db)).toHaveLength(199);
  expect(await quarantined(db)).toMatchObject([{ state: "held", revision_id: null }]);
  const kept = posted.flatMap((one) => (typeof one === "number" ? [] : [one]));
  expect(kept.filter(({ status, runIds }) => status === 202 && runIds.length === 1)).toHaveLength(199);
  await checkInvariants(product, kept);
});
