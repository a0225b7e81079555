import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";

export const runStateSchema = z.enum(["queued", "running", "waiting", "stuck", "finished", "cancelled"]);

/** How an attempt failed. */
export const errorClassSchema = z.enum(["REJECTED", "TRANSIENT", "AMBIGUOUS", "AUTH"]);

/** Of the list: one state, or several with commas between them. */
const statesSchema = z
  .string()
  .transform((states) => states.split(","))
  .pipe(z.array(runStateSchema).min(1).max(runStateSchema.options.length));

/** A day in UTC: runs of employees are told by the day, and nothing finer may be asked of any run. */
const daySchema = z.iso.date();

/**
 * What the list can be narrowed by; all of it holds at once. Whoever may not see people cannot ask for a contact, and finds no employee's run by
 * what is not shown to them of it.
 */
export const runFilterSchema = z.object({
  flowId: uuidSchema.optional(),
  state: statesSchema.optional(),
  sourceId: uuidSchema.optional(),
  contactId: uuidSchema.optional(),
  /** The latest attempt of one of its effects failed so. */
  errorClass: errorClassSchema.optional(),
  /** Begun today or on one of so many days before, in the place of `from`. */
  days: z.coerce.number().int().min(0).max(3_650).optional(),
  /** First and last day on which it began, both included. */
  from: daySchema.optional(),
  to: daySchema.optional(),
  /** Its id, the beginning of it (eight characters at least), or how its outcome begins. */
  search: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .refine((words) => !words.includes("\u0000"), "holds a NUL")
    .optional(),
});
export type RunFilter = z.infer<typeof runFilterSchema>;
