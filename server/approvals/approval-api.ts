import { z } from "zod";
import { pageOf, pageQuerySchema, timestampSchema, uuidSchema } from "../http/common-api.js";

export const approvalStateSchema = z.enum(["pending", "approved", "rejected", "expired", "withdrawn"]);

export const approvalSchema = z.object({
  id: uuidSchema,
  runId: uuidSchema,
  flowId: uuidSchema,
  flowName: z.string(),
  /** About what an employee said: neither title nor reason is shown, and times are told by the day. */
  ofEmployee: z.boolean(),
  title: z.string().nullable(),
  state: approvalStateSchema,
  askedAt: timestampSchema,
  expiresAt: timestampSchema,
  decidedAt: timestampSchema.nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** The card in Slack, once it was posted. */
  url: z.string().nullable(),
});
export type ApprovalView = z.infer<typeof approvalSchema>;
export const approvalQuerySchema = pageQuerySchema.extend({ state: approvalStateSchema.optional() });
export const approvalListSchema = pageOf(approvalSchema);
