import { z } from "zod";
import { purposeSchema } from "../../workflows/flow/purpose.js";
import { timestampSchema, uuidSchema } from "../http/common-api.js";

/** Sent as a body: an address has no business in a log of requests. */
export const peopleSearchSchema = z.object({
  /** An e-mail address, a phone number, an id of the company's own, a name, or words that were said. */
  words: z.string().trim().min(2).max(320),
});

/** What somebody allows us to act for. `service` needs no consent and may be objected to. */
export const choicesSchema = z.object({
  /** Nothing is done about them until it is lifted (GDPR, article 18). */
  restricted: z.boolean(),
  consents: z.array(purposeSchema).max(3),
  objections: z.array(purposeSchema).max(3),
});
export type Choices = z.infer<typeof choicesSchema>;

/** Another contact that is the same person. */
export const mergedContactSchema = z.object({
  id: uuidSchema,
  /** Whom it was merged into: who stands for both, or somebody who was merged themselves later. */
  intoId: uuidSchema,
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** What they said themselves, and what came since by what they are known by. */
  responses: z.number().int(),
});
export type MergedContact = z.infer<typeof mergedContactSchema>;

/** The other contact, which the one of the address stands for from then on, or no more. */
export const mergeSchema = z.object({ contactId: uuidSchema });

export const foundContactSchema = z.object({
  id: uuidSchema,
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  responses: z.number().int(),
  firstSeen: timestampSchema,
  choices: choicesSchema,
  merged: z.array(mergedContactSchema),
});
export type FoundContact = z.infer<typeof foundContactSchema>;

/** A response that says it, whoever wrote it. */
export const foundResponseSchema = z.object({
  id: uuidSchema,
  /** Null: nobody knows who wrote it. */
  contactId: uuidSchema.nullable(),
  sourceName: z.string(),
  receivedAt: timestampSchema,
  comment: z.string().nullable(),
  /** What its author called themselves. */
  name: z.string().nullable(),
});
export type FoundResponse = z.infer<typeof foundResponseSchema>;

export const foundHeldSchema = z.object({ id: uuidSchema, sourceName: z.string(), receivedAt: timestampSchema });
export type FoundHeld = z.infer<typeof foundHeldSchema>;

export const peopleFoundSchema = z.object({
  contacts: z.array(foundContactSchema),
  responses: z.array(foundResponseSchema),
  /** Deliveries that could not be read, and are held. */
  held: z.array(foundHeldSchema),
  /** Names and words are sealed, so the newest are opened and read; addresses, numbers and ids are found at any age. */
  read: z.object({ contacts: z.number().int(), responses: z.number().int(), everything: z.boolean() }),
});
export type PeopleFound = z.infer<typeof peopleFoundSchema>;

/** Null takes a value away; what is not named stays. */
export const rectifySchema = z
  .object({
    name: z.string().trim().min(1).max(200).nullable().optional(),
    email: z.email().max(320).nullable().optional(),
    phone: z.string().trim().min(3).max(40).nullable().optional(),
  })
  .refine((asked) => Object.keys(asked).length > 0, { message: "names nothing to change" });
export type Rectify = z.infer<typeof rectifySchema>;

export const exportQuerySchema = z.object({ format: z.enum(["json", "html"]).default("json") });
