import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";

export const roleSchema = z.enum(["viewer", "builder", "publisher", "admin", "privacy_officer"]);
export type Role = z.infer<typeof roleSchema>;

export const meSchema = z.object({
  /** No role: a token that names its permissions itself. */
  member: z.object({ id: uuidSchema, name: z.string(), role: roleSchema.nullable() }),
  workspace: z.object({ id: uuidSchema, name: z.string() }),
  permissions: z.array(z.string()),
  /** True while any connection points at the sandbox. */
  sandbox: z.boolean(),
  sandboxUrl: z.string().nullable(),
  /** Others come in by `PUBLIC_URL`, and no admin has more to sign in with than links. Told to those who manage members. */
  onlyByLink: z.boolean(),
  version: z.string(),
});
export type Me = z.infer<typeof meSchema>;

export const PERSON_NAME_LENGTH = 120;
export const personNameSchema = z.string().trim().min(1).max(PERSON_NAME_LENGTH);
export const signInMethodSchema = z.enum(["link", "password", "oidc", "saml", "passkey"]);
export type SignInMethod = z.infer<typeof signInMethodSchema>;

/** A person who may sign in, as admins see them. */
export const memberSchema = z.object({
  id: uuidSchema,
  /** Null once their key is gone. */
  name: z.string().nullable(),
  email: z.string().nullable(),
  role: roleSchema,
  /** Put out: they cannot sign in, and what they did stays theirs. */
  active: z.boolean(),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  /** For whatever host. */
  hasPasskey: z.boolean(),
  /** They have come in by a provider that the workspace has now. */
  isLinked: z.boolean(),
  createdAt: timestampSchema,
  /** Of any session that is still known; null for who never signed in, or not for long. */
  lastSeenAt: timestampSchema.nullable(),
});
export type Member = z.infer<typeof memberSchema>;
export const memberListSchema = z.object({ items: z.array(memberSchema) });

export const inviteSchema = z.object({ name: personNameSchema, email: z.email().max(254), role: roleSchema });
export const changeMemberSchema = z.object({
  name: personNameSchema.optional(),
  email: z.email().max(254).optional(),
  role: roleSchema.optional(),
  active: z.boolean().optional(),
});

/** Signs this member in once. It is shown in this answer and never again: hand it over yourself. */
export const memberLinkSchema = z.object({ url: z.string(), validUntil: timestampSchema });
export const invitedSchema = z.object({ member: memberSchema, link: memberLinkSchema });
