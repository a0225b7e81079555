import { z } from "zod";
import { pageOf, timestampSchema, uuidSchema } from "../http/common-api.js";

export const sourceSchema = z.object({
  id: uuidSchema,
  slug: z.string(),
  name: z.string(),
  kind: z.string(),
  /** Where the sender posts to. */
  url: z.string(),
  settings: z.record(z.string(), z.unknown()),
  state: z.enum(["active", "paused"]),
  lastEventAt: timestampSchema.nullable(),
  responses: z.number().int(),
  quarantined: z.number().int(),
});
export type SourceView = z.infer<typeof sourceSchema>;
export const sourceListSchema = z.object({ items: z.array(sourceSchema) });

export const createSourceSchema = z.object({
  name: z.string().trim().min(1).max(80),
  kind: z.string().max(40),
  settings: z.record(z.string(), z.unknown()),
});
export const updateSourceSchema = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  state: z.enum(["active", "paused"]).optional(),
});
/** The signing secret is shown once, when it is made. */
export const sourceWithSecretSchema = sourceSchema.extend({ secret: z.string() });

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

export const acceptedSchema = z.object({ eventId: uuidSchema, runIds: z.array(uuidSchema) });
