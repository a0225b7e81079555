import { z } from "zod";
import { feedbackSchema, metricSchema } from "../feedback.js";
import { parsePath } from "./path.js";

const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

const verifierSchema = z.discriminatedUnion("scheme", [
  z.object({ scheme: z.literal("standard-webhooks") }),
  /** HubSpot's own, version 3: its secret is the app's client secret, given when the source is made. */
  z.object({ scheme: z.literal("hubspot-v3") }),
  z.object({
    scheme: z.literal("sha256-hmac"),
    header: z
      .string()
      .max(100)
      .toLowerCase()
      .regex(HEADER_NAME, "Not a header name")
      .meta({ title: "Signature header" }),
    /** What stands before the hex digits. */
    prefix: z.enum(["sha256=", ""]).default("sha256="),
  }),
]);
export type Verifier = z.infer<typeof verifierSchema>;

const pathSchema = z
  .string()
  .max(300)
  .refine((text) => parsePath(text) !== null, "Write a path such as $.answers[0].value");

/** Where a field comes from: a path into the payload, or one value for every delivery. */
const fieldSchema = z.union([
  pathSchema,
  z.object({ constant: z.union([z.string().max(1_000), z.number(), z.boolean()]) }).strict(),
]);
export type Field = z.infer<typeof fieldSchema>;

const optional = (title: string) => fieldSchema.optional().meta({ title });

export const mappingSchema = z
  .object({
    responseId: fieldSchema.meta({ title: "Response id" }),
    score: optional("Score"),
    comment: optional("Comment"),
    name: optional("Name"),
    email: optional("E-mail"),
    phone: optional("Phone"),
    externalId: optional("Customer id"),
    account: optional("Account"),
    accountExternalId: optional("Account id"),
    product: optional("Product"),
    language: optional("Language"),
    submittedAt: optional("Submitted at"),
    /** Makes what comes reviews of colleagues: what the rater is to whom they rate. */
    relation: optional("Rater's relation"),
    /** Clear attributes (store, region, tier …), by the name that flows will use. */
    attributes: z.record(z.string().regex(/^[a-z]\w{0,59}$/i), fieldSchema).optional(),
  })
  .strict();
export type Mapping = z.infer<typeof mappingSchema>;

export const genericSettingsSchema = z
  .object({
    verifier: verifierSchema,
    mapping: mappingSchema,
    metric: metricSchema,
    scaleMin: z.number().nullable(),
    scaleMax: z.number().nullable(),
    domain: feedbackSchema.shape.domain.default("customer"),
    /** Takes HubSpot's `contact.privacyDeletion` as a request to forget whom the source knows by that id. */
    erasureRequests: z.boolean().optional(),
    /** For payloads that do not say it. */
    language: z.string().max(35).optional(),
  })
  .strict()
  .refine((s) => s.mapping.score === undefined || (s.scaleMin !== null && s.scaleMax !== null), {
    path: ["scaleMin"],
    message: "A score needs the two ends of its scale",
  })
  .refine((s) => s.scaleMin === null || s.scaleMax === null || s.scaleMin < s.scaleMax, {
    path: ["scaleMax"],
    message: "The scale must end above its start",
  })
  .refine((s) => s.mapping.relation === undefined || s.domain === "employee", {
    path: ["domain"],
    message: "Reviews of colleagues are what employees say",
  });
export type GenericSettings = z.infer<typeof genericSettingsSchema>;

/** Maps the body that the seeded source `demo` takes. */
export const demoMapping: Mapping = {
  responseId: "$.responseId",
  score: "$.score",
  comment: "$.comment",
  name: "$.name",
  email: "$.email",
  product: "$.product",
  account: "$.account",
  submittedAt: "$.submittedAt",
};

export const demoSettings: GenericSettings = {
  verifier: { scheme: "standard-webhooks" },
  mapping: demoMapping,
  metric: "nps",
  scaleMin: 0,
  scaleMax: 10,
  domain: "customer",
};
