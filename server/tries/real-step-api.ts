import { z } from "zod";
import { pinsSchema } from "../../workflows/flow/try/pin.js";
import { timestampSchema, uuidSchema } from "../http/common-api.js";
import { tryEventSchema } from "./try-api.js";

/** One step of the saved draft, done for real on the event that it was tried on. */
export const doRealStepSchema = z.object({
  /** Of the asker's own: the same key, sent twice, does it once. */
  key: z.string().min(16).max(100),
  nodeId: z.string().min(1).max(40),
  /** Of the saved draft. */
  revision: z.number().int().min(0),
  event: tryEventSchema,
  pins: pinsSchema.default({}),
  /** When it was tried: what is rendered from the clock is rendered from this moment. */
  at: timestampSchema,
  /** What was shown of it: where it would be anything else by now, nothing is done. */
  shown: z.object({ connectionId: uuidSchema, url: z.string(), input: z.record(z.string(), z.unknown()) }),
});
export type DoRealStep = z.infer<typeof doRealStepSchema>;
export interface RealStepAsked extends DoRealStep {
  readonly flowId: string;
}

/** `runId` null: the run is gone, because whom it was about was erased. */
export const realStepSchema = z.object({ runId: uuidSchema.nullable(), duplicate: z.boolean() });
export type RealStep = z.infer<typeof realStepSchema>;
/** Of a 409 `step_key_used`: the run of what was asked first. */
export const stepKeyUsedSchema = z.object({ runId: uuidSchema.nullable() });
