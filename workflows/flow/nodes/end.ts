import { z } from "zod";
import { defineNode } from "../node-type.js";

export const endConfigSchema = z.object({ outcome: z.string().min(1).max(60) });

export const endNode = defineNode(endConfigSchema, {
  group: "end",
  defaults: { outcome: "done" },
  outputs: () => [],
  passes: true,
  ends: { what: "branch", outcome: ({ outcome }) => outcome },
});
