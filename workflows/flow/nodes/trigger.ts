import { z } from "zod";
import { flowKeySchema } from "../flow-key.js";
import { defineNode, output, type ConfigProblem, type PublishWorld } from "../node-type.js";
import { conditionSchema } from "../parts.js";
import { purposeSchema } from "../purpose.js";
import { provedBy } from "../proved-by.js";
import { startFields, startSchema } from "../start.js";
import { startProblems } from "../start-problems.js";

export const triggerConfigSchema = z.object({
  /** Source ids; empty: any source. */
  sources: z.array(z.string()).max(100),
  metrics: z.array(z.enum(["nps", "csat", "ces", "stars", "text"])).max(5),
  /** Over clear fields only: nothing is unsealed before a run exists; null: every response. */
  when: conditionSchema.nullable(),
  on: z.enum(["first", "everyChange"]),
  /** Without one runs have no order; absent, not null, so that what was published before reads as it was written. */
  key: flowKeySchema.optional(),
  /** Absent: `service`. */
  purpose: purposeSchema.optional(),
  /** Absent: feedback starts the flow. Else nothing but this does. */
  start: startSchema.optional(),
});
type TriggerConfig = z.infer<typeof triggerConfigSchema>;

export const triggerNode = defineNode(triggerConfigSchema, {
  group: "when",
  defaults: { sources: [], metrics: [], when: null, on: "first" },
  outputs: () => [output("next", true)],
  passes: true,
  produces: ({ start }) => (start ? startFields(start).map((field) => ({ output: "next", field })) : []),
  proves: ({ when }) => (when ? provedBy(when) : []),
  conditions: ({ when, start }) => (when && !start ? [{ field: "when", condition: when }] : []),
  check: (config, world) =>
    config.start
      ? startProblems({ ...config, start: config.start })
      : [...unknownSources(config, world), ...unseenSources(config, world)],
});

function unknownSources({ sources }: TriggerConfig, { sourceIds }: PublishWorld): ConfigProblem[] {
  const unknown = sources.filter((source) => !sourceIds.has(source));
  return unknown.map((source) => ({
    field: "sources",
    code: "unknown_source",
    message: "This source does not exist any more. Choose another one.",
    params: { source },
  }));
}

/** It would send on what its publisher may not see. */
const unseenSources = ({ sources }: TriggerConfig, { onlyThese }: PublishWorld): ConfigProblem[] =>
  onlyThese && sources.length === 0
    ? [{ field: "sources", code: "sources_not_named", message: "You see certain sources only. Choose among them." }]
    : [];
