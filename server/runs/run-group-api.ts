import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";
import { nodeTypes } from "../../workflows/flow/draft-schema.js";

/** Runs that are stuck at one step of a flow for one reason. */
export const failureGroupSchema = z.object({
  flowId: uuidSchema,
  flowName: z.string(),
  /** The step, as the newest of the runs has it. */
  node: z.object({
    id: z.string(),
    type: z.enum(nodeTypes),
    title: z.string(),
    config: z.record(z.string(), z.unknown()),
  }),
  code: z.string(),
  /** They may have gone through: none of them is tried again. */
  inDoubt: z.boolean(),
  runs: z.number().int(),
  /** The newest of them. */
  runId: uuidSchema,
  /** When the first of them got stuck; the day alone where employees' runs are among them. */
  since: timestampSchema,
  /** What the other system said to the newest, for those who may see people. */
  message: z.string().nullable(),
});
export type FailureGroup = z.infer<typeof failureGroupSchema>;

export const failureGroupsQuerySchema = z.object({ flowId: uuidSchema.optional() });
export const failureGroupsSchema = z.object({
  /** Those of most runs first. */
  items: z.array(failureGroupSchema),
  /** By the server's clock; resuming a group as of then leaves alone what got stuck later. */
  asOf: timestampSchema,
  /** False: more runs are stuck than were looked at. */
  everything: z.boolean(),
});

export const resumeGroupSchema = z.object({
  flowId: uuidSchema,
  nodeId: z.string().min(1).max(40),
  code: z.string().min(1).max(200),
  asOf: timestampSchema,
});
export type ResumeGroup = z.infer<typeof resumeGroupSchema>;

export const resumedSchema = z.object({
  resumed: z.number().int(),
  /** Still to be resumed: ask again with the same `asOf`. */
  left: z.number().int(),
});

/** One deed to several runs; each is judged for itself. */
export const manyRunsSchema = z.object({
  deed: z.enum(["cancel", "retry"]),
  runIds: z.array(uuidSchema).min(1).max(100),
});
export const manyDoneSchema = z.object({
  done: z.number().int(),
  refused: z.array(z.object({ runId: uuidSchema, code: z.string() })),
});

/** An address in a body: in an address line it would stand in logs and histories. */
export const findContactSchema = z.object({ email: z.email().max(320) });
/** Null: nobody whose runs may be shown. */
export const foundContactIdSchema = z.object({ contactId: uuidSchema.nullable() });
