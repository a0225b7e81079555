import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";

export const roleSchema = z.enum(["viewer", "builder", "publisher", "admin", "privacy_officer"]);
export type Role = z.infer<typeof roleSchema>;

export const meSchema = z.object({
  member: z.object({ id: uuidSchema, name: z.string(), role: roleSchema }),
  workspace: z.object({ id: uuidSchema, name: z.string() }),
  permissions: z.array(z.string()),
  /** True while any connection points at the sandbox. */
  sandbox: z.boolean(),
  sandboxUrl: z.string().nullable(),
  version: z.string(),
});
export type Me = z.infer<typeof meSchema>;

export const tokenSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  role: roleSchema,
  createdAt: timestampSchema,
  lastUsedAt: timestampSchema.nullable(),
  expiresAt: timestampSchema.nullable(),
});
export const tokenListSchema = z.object({ items: z.array(tokenSchema) });
export const createTokenSchema = z.object({
  name: z.string().trim().min(1).max(80),
  role: roleSchema,
  expiresInDays: z.number().int().min(1).max(730).nullable().default(90),
});
/** The token itself is shown once. */
export const createdTokenSchema = tokenSchema.extend({ token: z.string() });
