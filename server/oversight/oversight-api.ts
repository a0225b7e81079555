import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";

/** What is overseen: a place that feedback comes from, or a product that we act on. */
export const thingKindSchema = z.enum(["source", "connection"]);
export type ThingKind = z.infer<typeof thingKindSchema>;

/** GDPR, article 6(1), from (a) to (f). */
export const lawfulBasisSchema = z.enum([
  "consent",
  "contract",
  "legal_obligation",
  "vital_interests",
  "public_task",
  "legitimate_interests",
]);

/** `special`: article 9, such as health, beliefs or union membership. */
export const dataClassSchema = z.enum(["contact", "verbatims", "scores", "operational", "employee", "special"]);

export const dataSubjectSchema = z.enum(["customers", "prospects", "employees", "partners", "public"]);

/** `own`: machines of ours. `adequate`: a country that the EU found adequate (article 45). `third`: any other outside the EEA. */
export const regionSchema = z.enum(["own", "eea", "adequate", "third"]);

export const agreementSchema = z.enum(["none", "signed"]);

const words = (most: number) => z.string().trim().min(1).max(most).nullable();
const cost = {
  yearlyCost: z.number().min(0).max(1e9).nullable(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable(),
};

/** Null, or an empty list: nobody has said. */
const answersShape = {
  ownerId: uuidSchema.nullable(),
  purpose: words(500),
  lawfulBasis: lawfulBasisSchema.nullable(),
  dataClasses: z.array(dataClassSchema).max(dataClassSchema.options.length),
  dataSubjects: z.array(dataSubjectSchema).max(dataSubjectSchema.options.length),
  region: regionSchema.nullable(),
  /** A country, a data centre. */
  place: words(120),
  /** With the processor (article 28). */
  agreement: agreementSchema.nullable(),
  agreementOn: z.iso.date().nullable(),
  agreementReference: words(120),
  ...cost,
  credentialOwnerId: uuidSchema.nullable(),
  credentialExpiresOn: z.iso.date().nullable(),
  retention: words(500),
};
export const answersSchema = z
  .object(answersShape)
  .refine(({ yearlyCost, currency }) => (yearlyCost === null) === (currency === null), {
    message: "goes with the yearly cost: say both or neither",
    path: ["currency"],
  });
export type Answers = z.infer<typeof answersSchema>;

export const riskCodeSchema = z.enum([
  "no_owner",
  "owner_gone",
  "no_purpose",
  "no_basis",
  "no_data_classes",
  "no_region",
  "special_category",
  "transfer_without_agreement",
  "no_agreement",
  "credential_expired",
  "credential_expires_soon",
  "silent",
  "shown_in_clear",
  "plain_http",
  "sandbox",
]);
export type RiskCode = z.infer<typeof riskCodeSchema>;
export const riskBandSchema = z.enum(["low", "medium", "high"]);
export type RiskBand = z.infer<typeof riskBandSchema>;

export const riskSchema = z.object({
  /** 0 to 100. */
  points: z.number().int(),
  band: riskBandSchema,
  reasons: z.array(
    z.object({
      code: riskCodeSchema,
      points: z.number().int(),
      /** What is the matter, and what to do, in English; the editor words the code itself. */
      what: z.string(),
      todo: z.string(),
    }),
  ),
});
export type Risk = z.infer<typeof riskSchema>;

const namedSchema = z.object({ id: uuidSchema, name: z.string() });

export const entrySchema = z.object({
  kind: thingKindSchema,
  id: uuidSchema,
  name: z.string(),
  /** A source's kind or a connection's connector. */
  product: z.string(),
  state: z.enum(["active", "paused", "ok", "broken"]),
  ...answersShape,
  /** Null where nobody is named, or nobody is known by it any more. */
  ownerName: z.string().nullable(),
  credentialOwnerName: z.string().nullable(),
  lastEventAt: timestampSchema.nullable(),
  /** In the last 30 days; at most `COUNTED_AT_MOST` are counted. Of a connection: what was done by it. */
  events: z.number().int(),
  /** That name it, live or drawn. A trigger without sources takes every source. */
  flows: z.array(namedSchema),
  risk: riskSchema,
  /** Null: nobody has said anything yet. */
  changedAt: timestampSchema.nullable(),
});
export type Entry = z.infer<typeof entrySchema>;

export const COUNTED_AT_MOST = 100_000;

export const entryFilterSchema = z.object({
  kind: thingKindSchema.optional(),
  ownerId: uuidSchema.optional(),
  lawfulBasis: lawfulBasisSchema.optional(),
  dataClass: dataClassSchema.optional(),
  region: regionSchema.optional(),
  band: riskBandSchema.optional(),
});
export type EntryFilter = z.infer<typeof entryFilterSchema>;
export const entryListSchema = z.object({ items: z.array(entrySchema) });

/** Several that serve the same purpose with the same data of the same people. */
export const duplicateSchema = z.object({
  purpose: z.string(),
  dataSubjects: z.array(dataSubjectSchema),
  dataClasses: z.array(dataClassSchema),
  things: z.array(namedSchema.extend({ kind: thingKindSchema })),
});
export type Duplicate = z.infer<typeof duplicateSchema>;
export const duplicateListSchema = z.object({ items: z.array(duplicateSchema) });

/** `revoked`: signed with a secret that was replaced. `paused`: the source takes nothing. */
export const senderReasonSchema = z.enum(["unknown", "paused", "revoked", "bad_signature"]);
export type SenderReason = z.infer<typeof senderReasonSchema>;

export const senderSchema = z.object({
  day: z.iso.date(),
  reason: senderReasonSchema,
  /** The beginning of the SHA-256 of what they posted to; empty for those for whom a day had no room. */
  keyPrefix: z.string(),
  /** A /24 or a /48. */
  network: z.string(),
  count: z.number().int(),
  firstAt: timestampSchema,
  lastAt: timestampSchema,
});
export type Sender = z.infer<typeof senderSchema>;
export const senderListSchema = z.object({ items: z.array(senderSchema) });

export const recordQuerySchema = z.object({ format: z.enum(["json", "html"]).default("json") });

/** Who may be named as an owner: whoever is let in. */
export const ownerListSchema = z.object({ items: z.array(namedSchema) });
