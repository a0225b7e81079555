import { z } from "zod";
import { timestampSchema, uuidSchema } from "../http/common-api.js";

const bytesSchema = (most: number) => z.base64url().min(1).max(most);
const idSchema = bytesSchema(1_400);

/** What the browser's `navigator.credentials` is asked for, as WebAuthn writes it in JSON. */
export const ceremonyOptionsSchema = z.record(z.string(), z.unknown());

const credentialFields = {
  id: idSchema,
  rawId: idSchema,
  type: z.literal("public-key"),
  clientExtensionResults: z.looseObject({}).default({}),
};

/** RegistrationResponseJSON of WebAuthn level 3. */
export const newCredentialSchema = z.object({
  ...credentialFields,
  response: z.object({
    clientDataJSON: bytesSchema(4_000),
    attestationObject: bytesSchema(16_000),
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});
export type NewCredential = z.infer<typeof newCredentialSchema>;

/** AuthenticationResponseJSON of WebAuthn level 3. A passkey says whose it is (`userHandle`). */
export const assertionSchema = z.object({
  ...credentialFields,
  response: z.object({
    clientDataJSON: bytesSchema(4_000),
    authenticatorData: bytesSchema(4_000),
    signature: bytesSchema(4_000),
    userHandle: bytesSchema(200),
  }),
});
export type Assertion = z.infer<typeof assertionSchema>;

const nameSchema = z.string().trim().min(1).max(60);
export const MOST_PASSKEYS = 10;

/** `current` password: asked for where there is one, unless the session began by a link. */
export const proofSchema = z.object({ current: z.string().max(1_000).optional() });
export const addPasskeySchema = z.object({ name: nameSchema, credential: newCredentialSchema });
export const renamePasskeySchema = z.object({ name: nameSchema });

export const passkeySchema = z.object({
  id: uuidSchema,
  name: z.string(),
  /** False: made when `PUBLIC_URL` named another host. It signs nobody in now. */
  works: z.boolean(),
  createdAt: timestampSchema,
  lastUsedAt: timestampSchema.nullable(),
});
export type Passkey = z.infer<typeof passkeySchema>;

export const passkeyListSchema = z.object({
  items: z.array(passkeySchema),
  /** The host that passkeys are made for; null where browsers know none: `PUBLIC_URL` is an IP address, or plain http. */
  host: z.string().nullable(),
});
