import { z } from "zod";
import { pageOf, pageQuerySchema, timestampSchema, uuidSchema } from "../http/common-api.js";
import { dataClassSchema, dataSubjectSchema, lawfulBasisSchema, thingKindSchema } from "./oversight-api.js";

/** `approved`: it may be made. `done`: it is made, and what was asked stands in the registry. */
export const requestStateSchema = z.enum(["open", "approved", "declined", "done"]);
export type RequestState = z.infer<typeof requestStateSchema>;

const words = (most: number) => z.string().trim().min(1).max(most);

/** What somebody must say of a tool before it is one. */
export const askSchema = z.object({
  kind: thingKindSchema,
  name: words(80),
  purpose: words(500),
  lawfulBasis: lawfulBasisSchema,
  dataClasses: z.array(dataClassSchema).min(1).max(dataClassSchema.options.length),
  dataSubjects: z.array(dataSubjectSchema).min(1).max(dataSubjectSchema.options.length),
  why: words(1_000),
});
export type Ask = z.infer<typeof askSchema>;

export const declineSchema = z.object({ reason: words(500) });
/** The source or connection that was made of it. */
export const linkSchema = z.object({ thingId: uuidSchema });

export const requestSchema = askSchema.extend({
  id: uuidSchema,
  state: requestStateSchema,
  askedBy: uuidSchema,
  /** Null where nobody is known by it any more. */
  askedByName: z.string().nullable(),
  askedAt: timestampSchema,
  decidedBy: uuidSchema.nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: timestampSchema.nullable(),
  reason: z.string().nullable(),
  thingId: uuidSchema.nullable(),
});
export type ToolRequest = z.infer<typeof requestSchema>;

export const requestQuerySchema = pageQuerySchema.extend({ state: requestStateSchema.optional() });
export const requestListSchema = pageOf(requestSchema);
