import { z } from "zod";
import { pageOf, pageQuerySchema, timestampSchema, uuidSchema } from "../http/common-api.js";
import { edgeSchema, nodeTypes } from "../../workflows/flow/draft-schema.js";
import { runFilterSchema, runStateSchema } from "./run-filter-api.js";

/** By a clock, by hand in the product, by a program with a token. */
export const startedAs = ["schedule", "hand", "api"] as const;

export const runQuerySchema = pageQuerySchema.extend(runFilterSchema.shape);

export const runSummarySchema = z.object({
  id: uuidSchema,
  flowId: uuidSchema,
  flowName: z.string(),
  /** Null: one step of a draft, done for real out of a try. */
  version: z.number().int().nullable(),
  state: runStateSchema,
  outcome: z.string().nullable(),
  /** An employee said it: neither who nor what is shown with a run, and times are told by the day. */
  ofEmployee: z.boolean(),
  /** Null when the reader may not see people, or the person was erased. */
  contactName: z.string().nullable(),
  /** By which the list is filtered for all that came of one person; null where the name may not be seen, and of employees. */
  contactId: uuidSchema.nullable(),
  /** What began it in place of feedback; null: feedback did. */
  start: z
    .object({
      kind: z.enum(startedAs),
      /** When; of a schedule the time that was meant. */
      at: timestampSchema,
      /** Null: a clock, or the reader may not see people. */
      by: z.string().nullable(),
    })
    .nullable(),
  score: z.number().nullable(),
  metric: z.string(),
  sourceName: z.string(),
  startedAt: timestampSchema,
  finishedAt: timestampSchema.nullable(),
  /** Effects whose state nobody knows yet. */
  inDoubt: z.number().int(),
  /** Not begun, because the flow takes its runs one at a time: the run that it waits for, by what, and how many are before it (at most 100). */
  waitsFor: z
    .object({ runId: uuidSchema, by: z.enum(["contact", "account", "expression"]), ahead: z.number().int() })
    .nullable(),
  /** Steps that wait for a connection which is paused, or whose credentials were refused. */
  heldBy: z.array(
    z.object({
      nodeId: z.string(),
      connectionId: uuidSchema,
      name: z.string(),
      state: z.enum(["paused", "broken"]),
    }),
  ),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
export const runListSchema = pageOf(runSummarySchema);

export const effectStateSchema = z.enum(["intent", "sending", "done", "ambiguous", "failed"]);

export const attemptSchema = z.object({
  number: z.number().int(),
  startedAt: timestampSchema,
  endedAt: timestampSchema.nullable(),
  kind: z.enum(["send", "look-up"]),
  outcome: z.enum(["done", "absent", "inconclusive", "REJECTED", "TRANSIENT", "AMBIGUOUS", "AUTH"]).nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
});

export const effectSchema = z.object({
  id: uuidSchema,
  key: z.string(),
  nodeId: z.string(),
  slot: z.string(),
  iteration: z.number().int(),
  action: z.string(),
  system: z.string(),
  state: effectStateSchema,
  externalId: z.string().nullable(),
  url: z.string().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** "Keeps trying until". */
  retryUntil: timestampSchema,
  nextTryAt: timestampSchema.nullable(),
  attempts: z.array(attemptSchema),
  /** The rendered request, for those who may see people. */
  request: z.record(z.string(), z.unknown()).nullable(),
});
export type EffectView = z.infer<typeof effectSchema>;

export const stepSchema = z.object({
  nodeId: z.string(),
  type: z.enum(nodeTypes),
  title: z.string(),
  state: z.enum(["pending", "running", "waiting", "stuck", "done", "failed", "skipped", "dead"]),
  /** Number of attempts of the step's effects, look-ups included. */
  attempts: z.number().int(),
  output: z.string().nullable(),
  /** What later steps may read of this one. */
  values: z.record(z.string(), z.unknown()).nullable(),
  stuck: z
    .object({ code: z.string(), field: z.string().nullable(), inDoubt: z.boolean(), message: z.string().nullable() })
    .nullable(),
  waitsUntil: timestampSchema.nullable(),
  startedAt: timestampSchema.nullable(),
  endedAt: timestampSchema.nullable(),
});
export type StepView = z.infer<typeof stepSchema>;

export const factViewSchema = z.object({
  seq: z.number().int(),
  at: timestampSchema,
  kind: z.string(),
  nodeId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  /** Display name of the member or person who did it. */
  by: z.string().nullable(),
});

export const runDetailSchema = runSummarySchema.extend({
  versionId: uuidSchema,
  responseId: uuidSchema,
  /** The event as the run saw it: feedback, contact, account. Null for readers without the right to see people. */
  event: z.record(z.string(), z.unknown()).nullable(),
  /** False: what was said was over age and is gone. */
  contentKept: z.boolean(),
  nodes: z.array(
    z.object({
      id: z.string(),
      type: z.enum(nodeTypes),
      title: z.string(),
      position: z.object({ x: z.number(), y: z.number() }),
      config: z.record(z.string(), z.unknown()),
    }),
  ),
  edges: z.array(edgeSchema),
  steps: z.array(stepSchema),
  effects: z.array(effectSchema),
  facts: z.array(factViewSchema),
  /** Since when nothing takes this run further, and the kind of error: a defect, or facts of a later release. Null in a healthy run. */
  halted: z.object({ since: timestampSchema, code: z.string() }).nullable(),
  /** The same run in Temporal's own page, where one is configured. */
  engineUrl: z.string().nullable(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

/** Changed fields of the rendered request; only after `failed`, never after `ambiguous`. */
export const retryStepSchema = z.object({ input: z.record(z.string(), z.unknown()).optional() });
export const skipStepSchema = z.object({
  output: z.string().min(1).max(40),
  values: z.record(z.string(), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])).optional(),
});
/** A person looked and found the effect of a step in doubt. */
export const settleStepSchema = z.object({ externalId: z.string().min(1).max(300), url: z.url().nullable() });
export const runActionReplySchema = z.object({ state: runStateSchema });
