import { z } from "zod";
import { pageOf, pageQuerySchema, timestampSchema, uuidSchema } from "../http/common-api.js";

export const quarantineQuerySchema = pageQuerySchema.extend({
  sourceId: uuidSchema.optional(),
  cursor: uuidSchema.optional(),
});

/** A delivery that is held because its source could not read it. */
export const quarantineSchema = z.object({
  id: uuidSchema,
  sourceId: uuidSchema,
  sourceName: z.string(),
  receivedAt: timestampSchema,
  reason: z.string(),
  field: z.string().nullable(),
  state: z.enum(["held", "replayed"]),
});
export const quarantineListSchema = pageOf(quarantineSchema);
/** `eventId` is null when the mapping still cannot read it; the row then holds the new reason. */
export const replayedSchema = z.object({
  eventId: uuidSchema.nullable(),
  runIds: z.array(uuidSchema),
  reason: z.string().nullable(),
});
