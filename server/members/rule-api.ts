import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";

/** How attributes of feedback are called in rules and in flows. */
export const FEEDBACK_ATTRIBUTE = "feedback.attributes.";

const valueSchema = z.union([z.string().min(1).max(200), z.number(), z.boolean()]);
export type SegmentValue = z.infer<typeof valueSchema>;

/** A clear field of what was said or of its account, as it is stored: the text "5" is not the number 5. */
export const conditionSchema = z.object({
  field: z.string().min(1).max(100),
  oneOf: z.array(valueSchema).min(1).max(50),
});
export type SegmentCondition = z.infer<typeof conditionSchema>;

/** The only rows that somebody sees: all conditions hold, and the account is one of these or stands below one; null: of any account, or of none. */
export const rowRuleSchema = z.object({
  segment: z.array(conditionSchema).max(10),
  accountIds: z.array(uuidSchema).min(1).max(100).nullable(),
});
export type RowRule = z.infer<typeof rowRuleSchema>;
