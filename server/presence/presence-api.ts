import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";

const nameSchema = z.string().nullable();

/** Whose changes of the draft count. `this-tab`: those of the page that asks; `other-tab`: of another page of the same member. */
export const penSchema = z.object({
  holder: z.enum(["this-tab", "other-tab", "other"]),
  name: nameSchema,
  /** They changed something within the last minute. */
  isActive: z.boolean(),
});
export type Pen = z.infer<typeof penSchema>;

export const presenceSchema = z.object({
  /** The draft as it was saved last: whoever looks on reads it again when this moves. */
  draftRevision: z.number().int(),
  /** Everybody else who has the flow open, each once. */
  others: z.array(z.object({ memberId: uuidSchema, name: nameSchema, isEditing: z.boolean() })),
  /** Null: nobody holds it; the first who changes something does. */
  pen: penSchema.nullable(),
});
export type Presence = z.infer<typeof presenceSchema>;

/** Without `evenIfActive`, one who changed something within the last minute is not taken over: 409 `pen_held`. */
export const takeOverSchema = z.object({ evenIfActive: z.boolean().default(false) });
