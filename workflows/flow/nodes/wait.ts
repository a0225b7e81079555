import { z } from "zod";
import { defineNode, EvaluationError, output, type NodeWorld } from "../node-type.js";
import { addDuration, durationSchema } from "../parts.js";

export const waitConfigSchema = z.union([
  z.object({ mode: z.literal("duration"), duration: durationSchema }),
  /** The next time the wall clock in `zone` shows `time` (HH:MM) on one of `days` (1 Monday … 7 Sunday). */
  z.object({
    mode: z.literal("until"),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    zone: z.string().min(1).max(60),
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  }),
]);
type WaitConfig = z.infer<typeof waitConfigSchema>;

/** The moment is computed once and recorded, so that new zone data never moves a wait that has begun. */
export const waitNode = defineNode(waitConfigSchema, {
  group: "do",
  defaults: { mode: "duration", duration: { amount: 1, unit: "hours" } },
  outputs: () => [output("next", true)],
  evaluate: (config, world) => ({
    facts: [{ kind: "waits", nodeId: world.nodeId, data: { until: untilOf(config, world).toISOString() } }],
  }),
});

function untilOf(config: WaitConfig, { now, zones }: NodeWorld): Date {
  if (config.mode === "duration") return addDuration(now, config.duration);
  try {
    return zones.nextLocalTime(now, config);
  } catch (error) {
    throw new EvaluationError("unknown_zone", "zone", error instanceof Error ? error.message : String(error));
  }
}
