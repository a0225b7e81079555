import { drawOnAccounts } from "../accounts.js";
import { eachOf } from "../each-of.js";
import type { Side, SideOptions } from "../side.js";
import { takingTurns } from "../taking-turns.js";
import { startProduct } from "./product.js";

const PUBLISHERS = 4;

/** The same product and the same three effects, through its Slack, Jira and Salesforce clients. */
export async function startRealClients(options: SideOptions): Promise<Side> {
  const { accounts = 1, sinkUrl } = options;
  const product = await startProduct({ ...options, flows: [] });
  try {
    const flows = await drawOnAccounts(product, sinkUrl, accounts);
    await eachOf(flows, PUBLISHERS, product.publish);
    const nextFlow = takingTurns(flows);
    const event: Side["event"] = (name) => product.deliver(name, { product: nextFlow().name });
    return { ...product, event, ways: flows.length };
  } catch (error) {
    await product.stop();
    throw error;
  }
}
