import { z } from "zod";
import { unreadable } from "./errors.js";

export const recordIdSchema = z.string().regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/);

export const savedSchema = z.object({ id: recordIdSchema, success: z.literal(true) });

export const compositeSchema = z.object({
  compositeResponse: z.array(z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() })),
});

const queryOf = <T extends z.ZodType>(record: T) => z.object({ records: z.array(record) });

/** Made once each: a schema is compiled when it is first used. */
export const contactsSchema = queryOf(z.object({ Id: recordIdSchema, AccountId: recordIdSchema.nullish() }));
export const effectsSchema = queryOf(
  z.object({ Object__c: z.string().nullish(), Record_Id__c: recordIdSchema.nullish() }),
);

export const describedSchema = z.object({
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string().optional(),
      type: z.string().optional(),
      unique: z.boolean().optional(),
      externalId: z.boolean().optional(),
      createable: z.boolean().optional(),
      updateable: z.boolean().optional(),
    }),
  ),
});

export type Described = z.infer<typeof describedSchema>;

export const identitySchema = z.object({ username: z.string(), display_name: z.string().optional() });

export const limitsSchema = z.object({ DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }) });

/** Reads an answer that Salesforce called a success. An answer we cannot read leaves a write in doubt. */
export function understood<T>(schema: z.ZodType<T>, answer: unknown, asked: { readonly writes: boolean }): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join(".") || "the answer").join(", ");
  throw unreadable(asked, `Salesforce's answer lacks what its documentation promises (${where})`);
}
