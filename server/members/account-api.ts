import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";
import { personNameSchema, signInMethodSchema } from "./member-api.js";

/** What one may change about oneself. */
export const accountSchema = z.object({
  name: z.string(),
  /** Null for the first admin, until they give one: nobody signs in by a password without it. */
  email: z.string().nullable(),
  /** False where a provider or a directory goes by addresses: an admin gives another. */
  mayChangeEmail: z.boolean(),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  /** This session began by a link, which is how a lost password or second factor is mended: neither is asked for. */
  byLink: z.boolean(),
});
export type Account = z.infer<typeof accountSchema>;

export const changeAccountSchema = z.object({
  name: personNameSchema.optional(),
  email: z.email().max(254).optional(),
});

export const PASSWORD_LENGTH = { least: 12, most: 200 } as const;

const newPasswordSchema = z.string().min(PASSWORD_LENGTH.least).max(PASSWORD_LENGTH.most);
/** `current` is asked for where there is a password already, unless the session began by a link. */
export const setPasswordSchema = z.object({ current: z.string().max(1_000).optional(), password: newPasswordSchema });

/** Six digits of an authenticator app. */
export const codeSchema = z.object({ code: z.string().regex(/^\d{6}$/) });
/** Asked for unless the session began by a link. */
export const removeSecondFactorSchema = codeSchema.partial();
/** What the app is given, once: the secret to type in, and the same as an address for its camera (otpauth://). */
export const secondFactorSchema = z.object({ secret: z.string(), uri: z.string() });

export const signInSchema = z.object({
  email: z.email().max(254),
  password: z.string().max(1_000),
  /** Asked for by the refusal `code_needed`. */
  code: codeSchema.shape.code.optional(),
});

export const sessionSchema = z.object({
  id: uuidSchema,
  method: signInMethodSchema,
  createdAt: timestampSchema,
  lastSeenAt: timestampSchema,
  expiresAt: timestampSchema,
  /** The one that asks. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof sessionSchema>;
export const sessionListSchema = z.object({ items: z.array(sessionSchema) });
