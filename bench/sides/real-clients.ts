import { drawOnAccounts, productOf } from "../accounts.js";
import { eachOf } from "../load.js";
import type { Side, SideOptions } from "../side.js";
import { startProduct } from "./product.js";

const PUBLISHERS = 4;

/** The same product and the same three effects, through its Slack, Jira and Salesforce clients. */
export async function startRealClients(options: SideOptions): Promise<Side> {
  const { accounts = 1, sinkUrl } = options;
  const product = await startProduct({ ...options, flows: [] });
  try {
    const flows = await drawOnAccounts(product, sinkUrl, accounts);
    const left = [...flows];
    await eachOf(flows.length, PUBLISHERS, async () => {
      const flow = left.pop();
      if (flow) await product.publish(flow);
    });
    let next = 0;
    const event: Side["event"] = (name) => product.deliver(name, { product: productOf(next++ % flows.length) });
    return { ...product, event, ways: flows.length };
  } catch (error) {
    await product.stop();
    throw error;
  }
}
