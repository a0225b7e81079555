import { z } from "zod";

/** Why nothing can be shown, as a step that stands still would tell it. */
const problemSchema = z.object({
  code: z.string(),
  /** What is missing or does not fit: `contact.email`. */
  path: z.string().nullable(),
  message: z.string(),
});
export type PreviewProblem = z.infer<typeof problemSchema>;

const textSchema = z.object({
  text: z.string(),
  /** It holds what another system would answer, of which only an example is known. */
  isExample: z.boolean(),
  problem: problemSchema.nullable(),
});
export type PreviewText = z.infer<typeof textSchema>;

const conditionSchema = z.object({
  /** Null: it cannot be judged. */
  holds: z.boolean().nullable(),
  problem: problemSchema.nullable(),
});
export type PreviewCondition = z.infer<typeof conditionSchema>;

/** What a step would do on one event, by the paths of its form: `input.summary`, `when.rows[0]`. */
export const stepPreviewSchema = z.object({
  /** Whether the event comes to this step by itself; `unknown`: a step before it is not filled in. */
  arrival: z.enum(["here", "elsewhere", "notStarted", "unknown"]),
  texts: z.record(z.string(), textSchema),
  conditions: z.record(z.string(), conditionSchema),
  /** The way out that a choice takes. */
  way: z.string().nullable(),
  /** When a wait is over. */
  until: z.string().nullable(),
  /** What may be read here, by path; what is missing is left out. */
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type StepPreview = z.infer<typeof stepPreviewSchema>;
