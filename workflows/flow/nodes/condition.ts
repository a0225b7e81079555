import { z } from "zod";
import { defineNode, output } from "../node-type.js";
import { conditionSchema } from "../parts.js";
import { provedBy } from "../proved-by.js";

export const conditionConfigSchema = z.object({ when: conditionSchema });

export const conditionNode = defineNode(conditionConfigSchema, {
  group: "if",
  defaults: { when: { match: "all", rows: [] } },
  outputs: () => [output("yes"), output("no")],
  chooses: true,
  proves: ({ when }, taken) => (taken === "yes" ? provedBy(when) : []),
  conditions: ({ when }) => [{ field: "when", condition: when }],
  evaluate: ({ when }, { nodeId, test }) => ({
    facts: [{ kind: "chose", nodeId, data: { output: test(when, "when") ? "yes" : "no" } }],
  }),
});
