import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";

export const sourceSchema = z.object({
  id: uuidSchema,
  slug: z.string(),
  name: z.string(),
  kind: z.string(),
  /** Where the sender posts to. */
  url: z.string(),
  settings: z.record(z.string(), z.unknown()),
  state: z.enum(["active", "paused"]),
  /** Where employees speak: the day. */
  lastEventAt: timestampSchema.nullable(),
  /** Where employees speak: those of which something is shown. */
  responses: z.number().int(),
  quarantined: z.number().int(),
});
export type SourceView = z.infer<typeof sourceSchema>;
export const sourceListSchema = z.object({ items: z.array(sourceSchema) });

export const createSourceSchema = z.object({
  name: z.string().trim().min(1).max(80),
  kind: z.string().max(40),
  settings: z.record(z.string(), z.unknown()),
  /** Of a sender that signs with a secret of its own (HubSpot: the app's client secret). Ours is random, and better, where it is left out. */
  secret: z.string().min(16).max(200).optional(),
});
export const updateSourceSchema = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  state: z.enum(["active", "paused"]).optional(),
});
/** The signing secret is shown once, when it is made. */
export const sourceWithSecretSchema = sourceSchema.extend({ secret: z.string() });

/** What may be tried while the sandbox is on. */
export const sampleNames = ["bug", "promoter", "keyAccount", "french"] as const;
export const sampleNameSchema = z.enum(sampleNames);
export type SampleName = z.infer<typeof sampleNameSchema>;
export const sendSampleSchema = z.object({ sample: sampleNameSchema });

/** `eventId` is null where the author was erased: nothing is stored again. */
export const acceptedSchema = z.object({ eventId: uuidSchema.nullable(), runIds: z.array(uuidSchema) });
