import { z } from "zod";

export const metricSchema = z.enum(["nps", "csat", "ces", "stars", "text"]);

/** What somebody who rates a colleague is to them. */
export const relationSchema = z.enum(["self", "manager", "peer", "report", "other"]);
export type Relation = z.infer<typeof relationSchema>;

const attributeSchema = z.union([z.string().max(200), z.number(), z.boolean()]);

/**
 * Canonical feedback, version 1: what one person said in one response, as far as the delivery knew it.
 * A score is never converted between scales; a score outside its scale is refused.
 */
export const feedbackSchema = z
  .object({
    responseId: z.string().min(1).max(200),
    kind: z.enum(["created", "updated", "completed", "deleted"]),
    metric: metricSchema,
    score: z.number().nullable(),
    scaleMin: z.number().nullable(),
    scaleMax: z.number().nullable(),
    comment: z.string().max(20_000).nullable(),
    /** BCP 47, lower case, where the source says it. */
    language: z.string().max(35).nullable(),
    domain: z.enum(["customer", "employee", "product", "brand"]),
    respondent: z.object({
      email: z.string().max(320).nullable(),
      phone: z.string().max(40).nullable(),
      externalId: z.string().max(200).nullable(),
      name: z.string().max(200).nullable(),
      anonymous: z.boolean(),
    }),
    /** The company the respondent belongs to, by the name or id that the source uses. */
    account: z.object({ externalId: z.string().max(200).nullable(), name: z.string().max(200).nullable() }),
    product: z.string().max(200).nullable(),
    /** Declared clear attributes only (store, region, tier …): the mapping names them one by one. */
    attributes: z.record(z.string().max(60), attributeSchema),
    /** Of a review of a colleague (360°): all that is ever shown of who gave it. */
    relation: relationSchema.optional(),
    occurredAt: z.iso.datetime({ offset: true }),
    /** The payload named no time: `occurredAt` is when it was delivered, and no part of what was said. */
    occurredAtArrival: z.literal(true).optional(),
    complete: z.boolean(),
  })
  .strict()
  .refine(({ relation, domain }) => relation === undefined || domain === "employee", {
    path: ["relation"],
    message: "Only employees review colleagues",
  });

export type Feedback = z.infer<typeof feedbackSchema>;
