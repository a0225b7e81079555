import { z } from "zod";
import { timestampSchema } from "../http/common-api.js";
import { admittingSchema, changeAdmittingSchema } from "../sign-in-providers/provider-api.js";

const certificateSchema = z.object({ pem: z.string(), fingerprint: z.string(), validUntil: timestampSchema });
export type SamlCertificate = z.infer<typeof certificateSchema>;

/** A SAML provider, as admins see it. Nothing of it is secret. */
export const samlProviderSchema = z.object({
  entityId: z.string(),
  signOnUrl: z.string(),
  certificates: z.array(certificateSchema),
  ...admittingSchema.shape,
});
export type SamlProvider = z.infer<typeof samlProviderSchema>;

export const samlSettingsSchema = z.object({
  provider: samlProviderSchema.nullable(),
  /** What the provider has to know of us; our metadata stands at the address that is our entity id. */
  entityId: z.string(),
  acsUrl: z.string(),
  /** An admin has come in by this provider, so that nobody is shut out by closing the other doors. */
  mayBeExclusive: z.boolean(),
});
export type SamlSettings = z.infer<typeof samlSettingsSchema>;

/** Either the provider's metadata, or what would stand in it. */
export const changeSamlProviderSchema = z.object({
  metadata: z.string().max(200_000).optional(),
  entityId: z.string().trim().min(1).max(1_024).optional(),
  signOnUrl: z.string().trim().max(2_000).optional(),
  /** PEM, or the base64 in it: those whose keys may sign. */
  certificates: z.array(z.string().max(20_000)).max(10).optional(),
  ...changeAdmittingSchema.shape,
});
export type ChangeSamlProvider = z.infer<typeof changeSamlProviderSchema>;

/** What a provider's page posts (SAML Bindings section 3.5). */
export const samlAnswerSchema = z.object({ SAMLResponse: z.string().optional(), RelayState: z.string().optional() });
export type SamlAnswer = z.infer<typeof samlAnswerSchema>;
