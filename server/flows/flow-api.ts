import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";
import { conditionRowSchema } from "../../workflows/flow/parts.js";
import { flowDraftSchema } from "../../workflows/flow/draft-schema.js";
import { startSchema } from "../../workflows/flow/start.js";

/** `draft`: never published. `paused`: published, but takes no new responses. */
export const flowStateSchema = z.enum(["draft", "live", "paused"]);

export const flowSummarySchema = z.object({
  id: uuidSchema,
  name: z.string(),
  state: flowStateSchema,
  /** The newest published version's number. */
  version: z.number().int().nullable(),
  updatedAt: timestampSchema,
  /** Whether the draft differs from the published version. */
  unpublishedChanges: z.boolean(),
  runs: z.object({
    running: z.number().int(),
    waiting: z.number().int(),
    stuck: z.number().int(),
    finished: z.number().int(),
  }),
});
export type FlowSummary = z.infer<typeof flowSummarySchema>;

export const listedFlowSchema = flowSummarySchema.extend({
  /** Whether feedback starts what is published, or would; else a schedule, a hand or a call does. */
  startedByFeedback: z.boolean(),
});
export type ListedFlow = z.infer<typeof listedFlowSchema>;
export const flowListSchema = z.object({ items: z.array(listedFlowSchema) });

export const flowDetailSchema = flowSummarySchema.extend({
  draft: flowDraftSchema,
  /** Counts every save; a save names the one that it builds on. */
  draftRevision: z.number().int(),
  draftSavedBy: z.string().nullable(),
  /** What starts the published version in place of feedback; null: feedback does, or nothing is published. */
  start: startSchema.nullable(),
});
export type FlowDetail = z.infer<typeof flowDetailSchema>;

const flowNameSchema = z.string().trim().min(1).max(120);
export const createFlowSchema = z.object({ name: flowNameSchema, draft: flowDraftSchema.optional() });
export const renameFlowSchema = z.object({ name: flowNameSchema });

/** `tabId`: the page that it is saved from, which has the pen from then on (see presence). */
export const saveDraftSchema = z.object({
  draft: flowDraftSchema,
  revision: z.number().int().min(0),
  tabId: uuidSchema.optional(),
});
/** On top of a stale revision it is answered 409 `draft_conflict`, while somebody else edits 409 `pen_held`; nothing is overwritten. */
export const savedDraftSchema = z.object({ revision: z.number().int(), savedAt: timestampSchema });

export const flowProblemSchema = z.object({
  nodeId: z.string().nullable(),
  field: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** A row of a condition that says what was probably meant. */
  offer: conditionRowSchema.optional(),
});
export type FlowProblem = z.infer<typeof flowProblemSchema>;

/** `off`: whoever changed a draft may publish it. Where it is not, `closed` is for whoever made the last change, `open` for the others. */
export const fourEyesSchema = z.enum(["off", "open", "closed"]);
export type FourEyes = z.infer<typeof fourEyesSchema>;

export const flowCheckSchema = z.object({
  problems: z.array(flowProblemSchema),
  warnings: z.array(flowProblemSchema),
  fourEyes: fourEyesSchema,
});

/** Of the note on a version, in characters. */
export const NOTE_LENGTH = 500;
export const publishFlowSchema = z.object({
  revision: z.number().int().min(0),
  note: z.string().trim().max(NOTE_LENGTH).optional(),
  /** Where tests of the flow fail (422 `flow_tests_failed`, with `tests`): why it is published all the same. */
  overrideReason: z.string().trim().min(1).max(NOTE_LENGTH).optional(),
  /** The ids of the failed tests that the reason is for: of another that fails, it is none. */
  overrideTests: z.array(uuidSchema).max(100).default([]),
});
/** Problems are answered 422 `flow_not_publishable` with `problems` beside the problem fields. */
export const publishedSchema = z.object({ version: z.number().int(), versionId: uuidSchema });
export const notPublishableSchema = z.object({ problems: z.array(flowProblemSchema) });

const fieldTypeSchema = z.enum(["string", "number", "boolean", "timestamp", "list"]);
const dataClassSchema = z.enum(["clear", "secret"]);

/** What the palette offers and the inspector draws: each action with its form as JSON Schema (zod's `meta` kept). */
export const catalogueSchema = z.object({
  actions: z.array(
    z.object({
      ref: z.string(),
      connector: z.string(),
      title: z.string(),
      sentence: z.string(),
      needsConnection: z.boolean(),
      internal: z.boolean(),
      /** "by-connection": each connection says it for itself. */
      exactlyOnce: z.enum(["proved", "looked-up", "none", "author-says", "by-connection"]),
      inputSchema: z.record(z.string(), z.unknown()),
      templateFields: z.array(z.string()),
      /** Fields in which addresses and numbers that somebody typed are masked. */
      masks: z.array(z.string()),
      output: z.record(
        z.string(),
        z.object({
          title: z.string(),
          type: fieldTypeSchema,
          dataClass: dataClassSchema,
          /** What a dry run takes for it. */
          sample: z.string().optional(),
        }),
      ),
      schemaHash: z.string(),
    }),
  ),
  fields: z.array(
    z.object({
      path: z.string(),
      title: z.string(),
      type: fieldTypeSchema,
      dataClass: dataClassSchema,
      optional: z.boolean(),
    }),
  ),
});
export type CatalogueReply = z.infer<typeof catalogueSchema>;
