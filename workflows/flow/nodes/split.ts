import { z } from "zod";
import { defineNode, type ConfigProblem } from "../node-type.js";
import { idSchema } from "../parts.js";
import { namedOutputs, repeatedOutputs } from "./named-outputs.js";

export const splitConfigSchema = z.object({
  shares: z
    .array(z.object({ output: idSchema, title: z.string().min(1).max(60), percent: z.number().min(0).max(100) }))
    .min(2)
    .max(10),
});
type Share = z.infer<typeof splitConfigSchema>["shares"][number];

/** Sends a share of contacts each way; `chance` is drawn per contact, so the same person goes the same way again. */
export const splitNode = defineNode(splitConfigSchema, {
  group: "if",
  defaults: {
    shares: [
      { output: "a", title: "A", percent: 50 },
      { output: "b", title: "B", percent: 50 },
    ],
  },
  outputs: (config) => namedOutputs(config, "shares"),
  chooses: true,
  check: ({ shares }) => [
    ...repeatedOutputs(
      "shares",
      shares.map((share) => share.output),
    ),
    ...wrongTotal(shares),
  ],
  evaluate: ({ shares }, { nodeId, chance }) => ({
    facts: [{ kind: "chose", nodeId, data: { output: shareAt(shares, chance() * 100) } }],
  }),
});

function shareAt(shares: readonly Share[], point: number): string {
  let upTo = 0;
  const chosen = shares.find(({ percent }) => (upTo += percent) > point);
  // Rounding may leave a last sliver; it goes to the last share that gets anything.
  return (chosen ?? shares.findLast(({ percent }) => percent > 0) ?? shares[0])?.output ?? "";
}

function wrongTotal(shares: readonly Share[]): ConfigProblem[] {
  const total = Math.round(shares.reduce((sum, { percent }) => sum + percent, 0) * 1000) / 1000;
  if (total === 100) return [];
  return [
    {
      field: "shares",
      code: "split_total",
      message: `The shares add up to ${total} %. They must add up to 100 %.`,
      params: { total },
    },
  ];
}
