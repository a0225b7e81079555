import { z } from "zod";
import { runFilterSchema } from "../../server/runs/run-filter-api.js";

const { state, days, ...texts } = runFilterSchema.shape;

/** Several states are one word of the address, as the API takes them. */
const statesInAddress = z.string().refine((value) => state.safeParse(value).success);

/** What the list is narrowed by, as its address has it. What makes no sense is dropped rather than shown as an error. */
export const runAddressSchema = z.object({
  flowId: texts.flowId.catch(undefined),
  state: statesInAddress.optional().catch(undefined),
  sourceId: texts.sourceId.catch(undefined),
  contactId: texts.contactId.catch(undefined),
  errorClass: texts.errorClass.catch(undefined),
  days: days.catch(undefined),
  from: texts.from.catch(undefined),
  to: texts.to.catch(undefined),
  search: z.coerce.string().pipe(texts.search.unwrap()).optional().catch(undefined),
});
export type RunAddress = z.infer<typeof runAddressSchema>;

/** The address of the list: what it is narrowed by, and the run that is open at its side. */
export const runListAddressSchema = runAddressSchema.extend({ run: z.uuid().optional().catch(undefined) });
export type RunListAddress = z.infer<typeof runListAddressSchema>;
