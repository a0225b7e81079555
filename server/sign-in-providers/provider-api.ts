import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { roleSchema } from "../members/member-api.js";

/** What a first sign-in may give: nobody becomes an admin by knocking. */
export const firstRoleSchema = roleSchema.exclude(["admin"]);
export type FirstRole = z.infer<typeof firstRoleSchema>;

/** Who is let in by a provider, of whatever protocol, and what the sign-in page calls it. */
export const admittingSchema = z.object({
  label: z.string(),
  /** Whose addresses are let in. */
  domains: z.array(z.string()),
  makesMembers: z.boolean(),
  firstRole: firstRoleSchema,
  /** Nobody signs in by a password or a passkey. */
  exclusive: z.boolean(),
});
export type Admitting = z.infer<typeof admittingSchema>;

const domainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^([a-z0-9-]+\.)+[a-z0-9-]{2,}$/, { error: "is not a domain such as example.com" });

/** The same, as it is given. */
export const changeAdmittingSchema = admittingSchema.extend({
  label: z.string().trim().min(1).max(60),
  domains: z.array(domainSchema).max(50),
});

export const providerKindSchema = z.enum(["oidc", "saml"]);
export type ProviderKind = z.infer<typeof providerKindSchema>;

/** What the sign-in page offers to nobody in particular. */
export const signInWaysSchema = z.object({
  passwords: z.boolean(),
  passkeys: z.boolean(),
  providers: z.array(z.object({ workspaceId: uuidSchema, kind: providerKindSchema, label: z.string() })),
});
export type SignInWays = z.infer<typeof signInWaysSchema>;
