import { z } from "zod";
import { defineNode, output } from "../node-type.js";

/** `all` waits like any node does; `first` goes on with the first branch that arrives. */
export const joinConfigSchema = z.object({ mode: z.enum(["all", "first"]) });

export const joinNode = defineNode(joinConfigSchema, {
  group: "if",
  defaults: { mode: "first" },
  outputs: () => [output("next", true)],
  passes: true,
  joinsFirst: ({ mode }) => mode === "first",
});
