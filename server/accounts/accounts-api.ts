import { z } from "zod";
import { pageOf, pageQuerySchema, uuidSchema } from "../http/common-api.js";

const nameSchema = z.string().trim().min(1).max(200);
/** Clear, as those of feedback: never what somebody is called or said. */
const attributesSchema = z.record(
  z.string().regex(/^[a-z]\w{0,59}$/i, "must begin with a letter and hold letters, digits and _ only"),
  z.union([z.string().max(200), z.number(), z.boolean()]),
);

/** A company that respondents belong to. */
export const accountSchema = z.object({
  id: uuidSchema,
  /** Null: sources name it by an id alone. */
  name: z.string().nullable(),
  /** The one that it stands below. */
  parentId: uuidSchema.nullable(),
  attributes: attributesSchema,
  /** Accounts that stand right below it. */
  below: z.number().int(),
});
export type CompanyAccount = z.infer<typeof accountSchema>;
export const accountListSchema = pageOf(accountSchema);
/** A name finds the account that is called so. */
export const accountQuerySchema = pageQuerySchema.extend({ name: nameSchema.optional() });

export const placeAccountSchema = z.object({ parentId: uuidSchema.nullable() });

/** An account by its name, found or made. What is left out stays as it is; attributes that are given are set beside the others. */
export const importedAccountSchema = z.object({
  name: nameSchema,
  /** By its name; null: below none. */
  parent: nameSchema.nullable().optional(),
  attributes: attributesSchema.optional(),
});
export type ImportedAccount = z.infer<typeof importedAccountSchema>;
export const ACCOUNTS_AT_ONCE = 1_000;
export const importAccountsSchema = z.object({ accounts: z.array(importedAccountSchema).min(1).max(ACCOUNTS_AT_ONCE) });
export const accountsImportedSchema = z.object({
  made: z.number().int(),
  /** That stand elsewhere than before. */
  placed: z.number().int(),
});
