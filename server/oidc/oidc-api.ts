import { z } from "zod";
import { admittingSchema, changeAdmittingSchema } from "../sign-in-providers/provider-api.js";

/** An OpenID provider, as admins see it. Its secret is never answered. No domains: any address is let in. */
export const oidcProviderSchema = z.object({ issuer: z.string(), clientId: z.string(), ...admittingSchema.shape });
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
  ...changeAdmittingSchema.shape,
});
export type ChangeOidcProvider = z.infer<typeof changeOidcProviderSchema>;
