import { expect } from "vitest";
import { effects } from "../../testing/ledger-views.js";
import { checkInvariants } from "../../testing/invariants.js";
import { post } from "../../testing/product-front.js";
import type { Product } from "../../testing/product.js";
import { DRIVE_QUEUE } from "../../../workflows/temporal/messages.js";
import { inTurn } from "./in-turn.js";
import { allAtRest } from "./settled.js";
import { oneActionFlows } from "./three-systems.js";

/** Every run is driven twice at once, from its first moment to its end. */
export async function twoDriversEach(product: Product, count: number, timeoutMs: number): Promise<void> {
  const flows = [...(await oneActionFlows(product)).values()].flat();
  const posted = await inTurn(count, 20, (index) => post(flows[index % flows.length]!));
  await inTurn(count, 20, async (index) => {
    const [runId] = posted[index]?.runIds ?? [];
    await product.temporal.workflow.start("driveRun", {
      workflowId: `second_${runId}`,
      taskQueue: DRIVE_QUEUE,
      args: [runId],
    });
  });
  await allAtRest(product.db, count, timeoutMs);
  expect(product.sandbox.effects()).toMatchObject({ keys: count, effects: count, duplicates: [] });
  expect((await effects(product.db)).filter(({ state }) => state !== "done")).toEqual([]);
  await checkInvariants(product, posted);
}
