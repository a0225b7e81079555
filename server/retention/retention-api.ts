import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";

/** Days; null: for ever. */
const daysSchema = z.number().int().min(1).max(36_500).nullable();

/** Counted from when it was received. What is left of a response goes with its content at the latest, so the shorter one counts for both. */
export const limitsSchema = z.object({
  /** What was said, bodies as they came, what runs wrote about it. */
  contentDays: daysSchema,
  /** The whole response: score, time, attributes, runs. */
  responseDays: daysSchema,
});
export type Limits = z.infer<typeof limitsSchema>;

export const retentionSchema = z.object({
  /** Of every source that has none of its own. */
  general: limitsSchema,
  sources: z.array(limitsSchema.extend({ sourceId: uuidSchema })).max(1_000),
});
export type Retention = z.infer<typeof retentionSchema>;

export const retentionViewSchema = retentionSchema.extend({
  /** All of the workspace, by name: what can have limits of its own. */
  known: z.array(z.object({ id: uuidSchema, name: z.string() })),
});
export type RetentionView = z.infer<typeof retentionViewSchema>;

/** What would go now, if this were set. */
export const outlookSchema = z.object({
  sources: z.array(
    z.object({
      sourceId: uuidSchema,
      sourceName: z.string(),
      /** Of so many responses the content goes; each revision counts. */
      contents: z.number().int(),
      /** So many responses go whole. */
      responses: z.number().int(),
      /** Deliveries that could not be read. */
      deliveries: z.number().int(),
      /** A hold stands on it: nothing goes. */
      held: z.boolean(),
    }),
  ),
  /** No number is counted further than this. */
  most: z.number().int(),
});
export type Outlook = z.infer<typeof outlookSchema>;
