import { z } from "zod";
import { flowDraftSchema } from "../../workflows/flow/draft-schema.js";
import { timestampSchema, uuidSchema } from "../http/common-api.js";

const flowVersionSchema = z.object({
  id: uuidSchema,
  number: z.number().int(),
  note: z.string().nullable(),
  /** Why it was published although tests of the flow failed. */
  overrideReason: z.string().nullable(),
  publishedAt: timestampSchema,
  publishedBy: z.string(),
  /** It takes new responses: the newest of a flow that is live. */
  isLive: z.boolean(),
});

const countedVersionSchema = flowVersionSchema.extend({
  /** Within reach, among the newest 10,000 of the flow in each state. */
  runs: z.number().int(),
});
export type CountedVersion = z.infer<typeof countedVersionSchema>;
export const flowVersionListSchema = z.object({ items: z.array(countedVersionSchema) });

/** With what was drawn, positions and all. */
export const drawnVersionSchema = flowVersionSchema.extend({ drawn: flowDraftSchema });
export type DrawnVersionView = z.infer<typeof drawnVersionSchema>;
