import { z } from "zod";
import { conditionSchema } from "../../workflows/flow/parts.js";
import { flowDraftSchema } from "../../workflows/flow/draft-schema.js";
import { startKinds } from "../../workflows/flow/start.js";
import { pinsSchema } from "../../workflows/flow/try/pin.js";
import { timestampSchema, uuidSchema } from "../http/common-api.js";
import { stepSchema } from "../runs/run-api.js";
import { runStateSchema } from "../runs/run-filter-api.js";

const wordsSchema = z.string().max(200).nullable().default(null);

/** Written by hand; what is left out was not said. */
export const madeUpSchema = z.object({
  /** Null: the first that the flow hears. */
  sourceId: uuidSchema.nullable().default(null),
  metric: z.enum(["nps", "csat", "ces", "stars", "text"]),
  score: z.number().nullable().default(null),
  comment: z.string().max(20_000).nullable().default(null),
  language: z.string().max(35).nullable().default(null),
  product: wordsSchema,
  attributes: z.record(z.string().max(60), z.union([z.string().max(200), z.number(), z.boolean()])).default({}),
  contact: z
    .object({
      name: wordsSchema,
      email: z.string().max(320).nullable().default(null),
      phone: wordsSchema,
      externalId: wordsSchema,
    })
    .default({ name: null, email: null, phone: null, externalId: null }),
  account: z
    .object({
      name: wordsSchema,
      externalId: wordsSchema,
      tier: wordsSchema,
      region: wordsSchema,
      annualRevenue: z.number().nullable().default(null),
    })
    .nullable()
    .default(null),
});
export type MadeUp = z.infer<typeof madeUpSchema>;

export const tryEventSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("past"), responseId: uuidSchema }),
  z.object({ kind: z.literal("madeUp"), feedback: madeUpSchema }),
  /** As if the clock started it at this moment. */
  z.object({ kind: z.literal("startNow") }),
  /** A delivery as a source would send it, read by that source's mapping. */
  z.object({
    kind: z.literal("payload"),
    sourceId: uuidSchema,
    payload: z
      .string()
      .min(1)
      .max(256 * 1024),
  }),
]);
export type TryEvent = z.infer<typeof tryEventSchema>;

export const tryFlowSchema = z.object({
  /** What is on the screen; without it the saved draft. One that cannot be published is answered 422 `flow_not_publishable`. */
  draft: flowDraftSchema.optional(),
  event: tryEventSchema,
  pins: pinsSchema.default({}),
});

const recordSchema = z.record(z.string(), z.unknown());

/** A condition as the draft has it: its reader words it. */
export const whyNotSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("started"), by: z.enum(startKinds) }),
  z.object({ kind: z.literal("source"), sources: z.array(z.string()) }),
  z.object({ kind: z.literal("metric"), metrics: z.array(z.string()) }),
  z.object({ kind: z.literal("condition"), when: conditionSchema, read: recordSchema }),
  z.object({ kind: z.literal("undecided"), part: z.enum(["condition", "key"]), message: z.string() }),
]);

export const tryEffectSchema = z.object({
  nodeId: z.string(),
  slot: z.string(),
  action: z.string(),
  system: z.string(),
  /** Null: the action needs none. It may be paused or broken: nothing is asked of it. */
  connection: z.object({ id: uuidSchema, name: z.string(), state: z.enum(["ok", "paused", "broken"]) }).nullable(),
  /** Rendered and checked, as the connector is given it. */
  input: recordSchema,
  /** As it would leave, but for credentials, the effect's key, and ids that are looked up when it is sent. */
  request: z
    .object({
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.string().nullable(),
    })
    .nullable(),
  /** What the action would refuse before it sends anything. */
  refused: z.object({ code: z.string(), message: z.string(), field: z.string().nullable() }).nullable(),
  /** Ids of the steps whose made-up answer it reads: it is not done for real until they are pinned. */
  examples: z.array(z.string()),
  /** Ids of the approvals before it that are taken as given. */
  approvals: z.array(z.string()),
});
export type TryEffect = z.infer<typeof tryEffectSchema>;

export const tryStepSchema = stepSchema.extend({
  /** What it read, by path; null is missing. */
  cameIn: recordSchema,
  isPinned: z.boolean(),
});
export type TryStep = z.infer<typeof tryStepSchema>;

export const trySchema = z.object({
  at: timestampSchema,
  /** Feedback, contact, account, as the flow would read them. */
  event: recordSchema,
  /** The reader may not see people: names and words were taken for not sent. */
  isMasked: z.boolean(),
  /** Null: the event starts the flow. */
  whyNot: whyNotSchema.nullable(),
  state: runStateSchema,
  outcome: z.string().nullable(),
  /** Ids of the steps that were reached, in order. */
  path: z.array(z.string()),
  steps: z.array(tryStepSchema),
  effects: z.array(tryEffectSchema),
});
export type Try = z.infer<typeof trySchema>;

/** Which: by default what starts the saved draft. */
export const pastEventsQuerySchema = z.object({ of: z.enum(["feedback", "starts"]).optional() });
export type PastEventsOf = NonNullable<z.infer<typeof pastEventsQuerySchema>["of"]>;

export const pastEventSchema = z.object({
  responseId: uuidSchema,
  sourceId: uuidSchema,
  sourceName: z.string(),
  metric: z.string(),
  score: z.number().nullable(),
  scaleMin: z.number().nullable(),
  scaleMax: z.number().nullable(),
  /** The beginning of it; null for readers without the right to see people. */
  comment: z.string().nullable(),
  contactName: z.string().nullable(),
  occurredAt: timestampSchema,
  /** Whether it would start the saved draft; null: its trigger is unfinished. */
  starts: z.boolean().nullable(),
});
export type PastEvent = z.infer<typeof pastEventSchema>;
export const pastEventsSchema = z.object({ items: z.array(pastEventSchema) });
