import { drawOnAccounts, productOf } from "../accounts.js";
import { eachOf } from "../load.js";
import type { Side, SideOptions } from "../side.js";
import { startProduct } from "./product.js";

const AT_ONCE = 4;

/** The same product and the same three effects, through its Slack, Jira and Salesforce clients. */
export async function startRealClients(options: SideOptions): Promise<Side> {
  const { accounts = 1, sinkUrl } = options;
  const product = await startProduct({ ...options, flows: [] });
  try {
    const flows = await drawOnAccounts(product, sinkUrl, accounts);
    await eachOf(flows.length, AT_ONCE, async (number) => {
      const flow = flows[number];
      if (flow) await product.publish(flow);
    });
  } catch (error) {
    await product.stop();
    throw error;
  }
  let next = 0;
  return {
    ...product,
    event: (event) => product.deliver(event, { product: productOf(next++ % accounts) }),
  };
}
