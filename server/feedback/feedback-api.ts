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

/** What a rater is to whom they rate; null where this is no review of a colleague. */
const relationSchema = z.string().nullable();

const groupSchema = z.object({ atLeast: z.number().int(), relation: relationSchema });

/** What employees said and is not shown, because those who said it are too few. */
export const withheldSchema = z.object({
  sourceId: uuidSchema,
  sourceName: z.string(),
  relation: relationSchema,
  /** So many people it takes. */
  atLeast: z.number().int(),
  /** How many of them are still missing; not told exactly, because who counts along would learn who answered. */
  missing: z.enum(["most", "few"]),
});
export type Withheld = z.infer<typeof withheldSchema>;

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
  /** Of employees always null. */
  contactName: z.string().nullable(),
  /** False: it was over age, and the words are gone for everybody. */
  contentKept: z.boolean(),
  /** Of employees both are the day on which their group formed. */
  occurredAt: timestampSchema,
  receivedAt: timestampSchema,
  /** Said by an employee: shown with so many others that nobody is told apart. Null: not by an employee. */
  group: groupSchema.nullable(),
  /** What came of it: runs started, no rule matched, or rules that could not be judged. */
  outcome: z.enum(["matched", "no_rule_matched", "not_judged"]),
  runs: z.array(z.object({ id: uuidSchema, flowId: uuidSchema, flowName: z.string(), state: z.string() })),
});
export type FeedbackItem = z.infer<typeof feedbackItemSchema>;
export const feedbackListSchema = pageOf(feedbackItemSchema).extend({
  /** On the first page. */
  withheld: z.array(withheldSchema),
});
