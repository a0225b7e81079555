import { defineNode } from "../node-type.js";
import { endConfigSchema } from "./end.js";

/** Ends the whole run: every way that is still open dies; what is being sent is looked up, not sent again. */
export const stopNode = defineNode(endConfigSchema, {
  group: "end",
  defaults: { outcome: "stopped" },
  outputs: () => [],
  passes: true,
  ends: { what: "run", outcome: ({ outcome }) => outcome },
});
