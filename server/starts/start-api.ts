import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";

/** Sent with each start, so that the same start, asked for twice, is one run. */
export const KEY_HEADER = "Idempotency-Key";

export const startRunSchema = z.object({
  /** By the names of the form's fields. */
  fields: z.record(z.string().max(40), z.union([z.string().max(4000), z.number(), z.boolean(), z.null()])).default({}),
});

/** The same key again is answered as the first time. `runId` null: the run is gone, because what it was about was erased or over age. */
export const startedRunSchema = z.object({
  eventId: uuidSchema.nullable(),
  runId: uuidSchema.nullable(),
  duplicate: z.boolean(),
});
export type StartedRun = z.infer<typeof startedRunSchema>;
