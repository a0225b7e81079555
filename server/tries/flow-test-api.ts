import { z } from "zod";
import { flowDraftSchema } from "../../workflows/flow/draft-schema.js";
import { differenceSchema } from "../../workflows/flow/try/expectation.js";
import { pinsSchema } from "../../workflows/flow/try/pin.js";
import { timestampSchema, uuidSchema } from "../http/common-api.js";
import { tryEventSchema } from "./try-api.js";

export const flowTestSchema = z.object({ id: uuidSchema, name: z.string(), createdAt: timestampSchema });
export const flowTestListSchema = z.object({ items: z.array(flowTestSchema) });

/** A past or pasted event is kept as one made up like it: without the person, and without their words. */
export const saveFlowTestSchema = z.object({
  name: z.string().trim().min(1).max(120),
  draft: flowDraftSchema.optional(),
  event: tryEventSchema,
  pins: pinsSchema.default({}),
});

export const runFlowTestsSchema = z.object({ draft: flowDraftSchema.optional() });

/** None: the test holds. */
export const testResultSchema = flowTestSchema.pick({ id: true, name: true }).extend({
  differences: z.array(differenceSchema.extend({ sentence: z.string() })),
});
export type TestResult = z.infer<typeof testResultSchema>;
export const testResultsSchema = z.object({ items: z.array(testResultSchema) });
/** Of a 422 `flow_tests_failed`. */
export const failedTestsSchema = z.object({ tests: z.array(testResultSchema) });
