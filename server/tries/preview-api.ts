import { z } from "zod";
import { flowDraftSchema } from "../../workflows/flow/draft-schema.js";
import { stepPreviewSchema } from "../../workflows/flow/preview/told.js";
import { pinsSchema } from "../../workflows/flow/try/pin.js";
import { uuidSchema } from "../http/common-api.js";

export const previewStepSchema = z.object({
  /** What is on the screen; it may be unfinished. */
  draft: flowDraftSchema,
  nodeId: z.string().min(1).max(40),
  /** One of the flow's past events. */
  responseId: uuidSchema,
  /** Answers of earlier steps, as in a try. */
  pins: pinsSchema.default({}),
});
export type PreviewStep = z.infer<typeof previewStepSchema>;

export const previewSchema = stepPreviewSchema.extend({
  /** The reader may not see people: names and words were taken for not sent. */
  isMasked: z.boolean(),
});
export type Preview = z.infer<typeof previewSchema>;
