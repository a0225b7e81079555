import { afterAll, beforeAll, expect, test } from "vitest";
import { DRIVE_QUEUE } from "../../workflows/temporal/messages.js";
import { until } from "../../workflows/testing/until.js";
import { responses } from "../testing/ledger-views.js";
import { checkInvariants } from "../testing/invariants.js";
import { post, type FlowHandle, type Posted } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { allAtRest, PATIENCE_MS } from "./testing/settled.js";
import { oneActionFlows } from "./testing/three-systems.js";

const WAVE = 30;

let product: Product;
let flows: readonly FlowHandle[];

beforeAll(async () => {
  product = await startProduct();
  await Promise.all([product.startWorker(), product.startWorker()]);
  const drawn = await oneActionFlows(product, ["jira", "salesforce"]);
  flows = [...drawn.values()].flat();
});
afterAll(() => product.stop());

const postWave = (wave: number): Promise<Posted[]> =>
  Promise.all(
    Array.from({ length: WAVE }, (_, index) => post(flows[index % flows.length]!, { responseId: `${wave}-${index}` })),
  );

/** The workers that Temporal has seen asking for drivers' work, of late. */
async function pollers(): Promise<number> {
  const { workflowService, options } = product.temporal;
  const { pollers: seen } = await workflowService.describeTaskQueue({
    namespace: options.namespace,
    taskQueue: { name: DRIVE_QUEUE },
  });
  return new Set(seen.map(({ identity }) => identity)).size;
}

test(
  "one api and three workers: a worker killed and another added under load lose nothing and do nothing twice",
  async () => {
    await until(pollers, (count) => count === 3, { what: "three workers that ask for work" });
    const first = await postWave(1);
    const killed = product.roles().worker;
    const second = postWave(2);
    await killed.kill();
    const third = postWave(3);
    await product.startWorker();
    const posted = [...first, ...(await second), ...(await third), ...(await postWave(4))];
    await allAtRest(product.db, posted.length);
    expect(posted.map(({ status }) => status)).toEqual(posted.map(() => 202));
    expect(await responses(product.db)).toHaveLength(4 * WAVE);
    expect(product.sandbox.effects().duplicates).toEqual([]);
    await checkInvariants(product, posted);
  },
  PATIENCE_MS,
);
