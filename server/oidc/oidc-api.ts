import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { roleSchema } from "../members/member-api.js";

/** What a first sign-in may give: nobody becomes an admin by knocking. */
export const firstRoleSchema = roleSchema.exclude(["admin"]);
export type FirstRole = z.infer<typeof firstRoleSchema>;

const domainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^([a-z0-9-]+\.)+[a-z0-9-]{2,}$/, { error: "is not a domain such as example.com" });

/** An OpenID provider, as admins see it. Its secret is never answered. */
export const oidcProviderSchema = z.object({
  issuer: z.string(),
  clientId: z.string(),
  label: z.string(),
  /** Whose addresses are let in; empty: any. */
  domains: z.array(z.string()),
  makesMembers: z.boolean(),
  firstRole: firstRoleSchema,
  /** Nobody signs in by a password or a passkey. */
  exclusive: z.boolean(),
});
export type OidcProvider = z.infer<typeof oidcProviderSchema>;

export const oidcSettingsSchema = z.object({
  provider: oidcProviderSchema.nullable(),
  /** What the provider is told to send people back to. */
  redirectUri: z.string(),
  /** An admin has come in by this provider, so that nobody is shut out by closing the other doors. */
  mayBeExclusive: z.boolean(),
});
export type OidcSettings = z.infer<typeof oidcSettingsSchema>;

export const changeOidcProviderSchema = z.object({
  /** As the provider calls itself: its address without `/.well-known/…`. */
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: z.string().trim().min(1).max(200),
  /** Left out: the one that is stored, as long as issuer and client stay. */
  clientSecret: z.string().min(1).max(2_000).optional(),
  label: z.string().trim().min(1).max(60),
  domains: z.array(domainSchema).max(50),
  makesMembers: z.boolean(),
  firstRole: firstRoleSchema,
  exclusive: z.boolean(),
});
export type ChangeOidcProvider = z.infer<typeof changeOidcProviderSchema>;

/** What the sign-in page offers to nobody in particular. */
export const signInWaysSchema = z.object({
  passwords: z.boolean(),
  passkeys: z.boolean(),
  providers: z.array(z.object({ workspaceId: uuidSchema, label: z.string() })),
});
export type SignInWays = z.infer<typeof signInWaysSchema>;
