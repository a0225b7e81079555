import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";

export const holdKindSchema = z.enum(["contact", "source", "workspace"]);
export type HoldKind = z.infer<typeof holdKindSchema>;

/** What must not go, and why. `id` of the workspace is its own. */
export const placeHoldSchema = z.object({
  about: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("contact"), id: uuidSchema }),
    z.object({ kind: z.literal("source"), id: uuidSchema }),
    z.object({ kind: z.literal("workspace") }),
  ]),
  reason: z.string().trim().min(3).max(500),
});
export type PlaceHold = z.infer<typeof placeHoldSchema>;

export const holdSchema = z.object({
  id: uuidSchema,
  about: z.object({ kind: holdKindSchema, id: uuidSchema, name: z.string().nullable() }),
  /** Null once the contact that it was about was erased. */
  reason: z.string().nullable(),
  placedAt: timestampSchema,
  placedBy: z.string().nullable(),
  liftedAt: timestampSchema.nullable(),
  liftedBy: z.string().nullable(),
});
export type Hold = z.infer<typeof holdSchema>;

export const holdListSchema = z.object({ items: z.array(holdSchema) });
