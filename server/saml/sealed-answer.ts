import { createSecretKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { openBytes, sealBytes } from "../privacy/aes-gcm.js";
import { derived } from "../sign-in-providers/attempt.js";

const answerSchema = z.object({
  /** The entity id of the provider that answered. */
  issuer: z.string(),
  claimed: z.object({ subject: z.string(), email: z.string().nullable(), isVerified: z.boolean(), name: z.string() }),
});
export type Answered = z.infer<typeof answerSchema>;

const PLACE = "saml_attempt.answer";

/** Whom the database waits for is told by nothing in it: the key comes of RelayState, of which it has the hash. */
const keyOf = (relay: string): KeyObject => createSecretKey(derived(relay, "answer"));

export const sealAnswer = (relay: string, answered: Answered): Buffer =>
  sealBytes(keyOf(relay), PLACE, Buffer.from(JSON.stringify(answered), "utf8"));

export const openAnswer = (relay: string, sealed: Buffer): Answered =>
  answerSchema.parse(JSON.parse(openBytes(keyOf(relay), PLACE, sealed).toString("utf8")));
