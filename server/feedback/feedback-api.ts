import { z } from "zod";
import { pageOf, pageQuerySchema, timestampSchema, uuidSchema } from "../http/common-api.js";

export const feedbackQuerySchema = pageQuerySchema.extend({
  sourceId: uuidSchema.optional(),
  /** Said in it, where the workspace can be searched. */
  words: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .refine((words) => !words.includes("\u0000"), "holds a NUL")
    .optional(),
});

export const feedbackItemSchema = z.object({
  id: uuidSchema,
  sourceId: uuidSchema,
  sourceName: z.string(),
  metric: z.string(),
  score: z.number().nullable(),
  scaleMin: z.number().nullable(),
  scaleMax: z.number().nullable(),
  /** Null for readers without the right to see people, and once erased. */
  comment: z.string().nullable(),
  contactName: z.string().nullable(),
  /** False: it was over age, and the words are gone for everybody. */
  contentKept: z.boolean(),
  occurredAt: timestampSchema,
  receivedAt: timestampSchema,
  /** What came of it: runs started, no rule matched, or rules that could not be judged. */
  outcome: z.enum(["matched", "no_rule_matched", "not_judged"]),
  runs: z.array(z.object({ id: uuidSchema, flowId: uuidSchema, flowName: z.string(), state: z.string() })),
});
export type FeedbackItem = z.infer<typeof feedbackItemSchema>;
export const feedbackListSchema = pageOf(feedbackItemSchema);
