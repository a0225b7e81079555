import { connect, deeds, publishFlow, type FlowHandle } from "../../testing/product-front.js";
import type { Product } from "../../testing/product.js";

export const systems = ["slack", "jira", "salesforce"] as const;
export type System = (typeof systems)[number];

const CHANNELS = ["#support", "#cx", "#rnd"] as const;

/** Flows of one action each. Slack takes one message a second in a channel, so its flows are spread over all of them. */
export async function oneActionFlows(
  product: Product,
  wanted: readonly System[] = systems,
): Promise<Map<System, FlowHandle[]>> {
  const flows = new Map<System, FlowHandle[]>();
  for (const system of wanted) {
    const connection = await connect(product.api, product.sandbox, system);
    const configs =
      system === "slack" ? CHANNELS.map((channel) => deeds.slack(connection, channel)) : [deeds[system](connection)];
    const drawn = [];
    for (const [index, config] of configs.entries())
      drawn.push(
        await publishFlow(product.api, `${system} ${index}`, {
          nodes: [["deed", "action", config]],
          edges: "start > deed",
        }),
      );
    flows.set(system, drawn);
  }
  return flows;
}

/** Requests by which each system is written to, as fault rules name them. */
export const writesOf = {
  slack: { slackMethod: "chat.postMessage" },
  jira: { operation: "POST /issue" },
  salesforce: { method: "POST", path: "*/composite" },
} as const satisfies Record<System, object>;
