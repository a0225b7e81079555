import { z } from "zod";
import { defineNode, output, type Output } from "../node-type.js";
import { conditionSchema, idSchema } from "../parts.js";
import { provedBy } from "../proved-by.js";
import { namedOutputs, repeatedOutputs } from "./named-outputs.js";

const OTHERWISE = "otherwise";

export const switchConfigSchema = z.object({
  cases: z
    .array(z.object({ output: idSchema, title: z.string().min(1).max(60), when: conditionSchema }))
    .min(1)
    .max(20),
});

/** The first case that is true is taken. */
export const switchNode = defineNode(switchConfigSchema, {
  group: "if",
  defaults: { cases: [{ output: "case1", title: "Case 1", when: { match: "all", rows: [] } }] },
  outputs: (config): Output[] => [...namedOutputs(config, "cases"), output(OTHERWISE)],
  chooses: true,
  proves: ({ cases }, taken) => cases.filter((one) => one.output === taken).flatMap((one) => provedBy(one.when)),
  conditions: ({ cases }) => cases.map(({ when }, index) => ({ field: `cases[${index}].when`, condition: when })),
  check: ({ cases }) => repeatedOutputs("cases", [...cases.map((one) => one.output), OTHERWISE]),
  evaluate: ({ cases }, { nodeId, test }) => {
    const taken = cases.find(({ when }, index) => test(when, `cases[${index}].when`));
    return { facts: [{ kind: "chose", nodeId, data: { output: taken?.output ?? OTHERWISE } }] };
  },
});
