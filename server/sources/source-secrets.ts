import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Envelope } from "../privacy/envelope.js";

/** Newest first. `until` is null for the one in use, else the moment when the one before it stops to be accepted. */
const secretsSchema = z.array(z.object({ secret: z.string().min(1), until: z.iso.datetime().nullable() })).min(1);
export type SourceSecrets = z.infer<typeof secretsSchema>;

/** A day to change the secret at the sender, while both are accepted. */
const OVERLAP_MS = 24 * 60 * 60_000;

const place = (sourceId: string): string => `source.secrets|${sourceId}`;

/** Standard Webhooks: `whsec_` and 24 to 64 random bytes. It serves other HMACs as the text that it is. */
const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/** `given`: the sender signs with a secret of its own, as HubSpot does. */
export const firstSecrets = (given?: string): SourceSecrets => [{ secret: given ?? newSecret(), until: null }];

/** Two are accepted at most: rotating twice in a day ends the first one's overlap. */
export function rotate(secrets: SourceSecrets, now: Date): SourceSecrets {
  const until = new Date(now.getTime() + OVERLAP_MS).toISOString();
  return [...firstSecrets(), ...secrets.slice(0, 1).map(({ secret }) => ({ secret, until }))];
}

/** Those accepted now. The newest never ends, so there is always one. */
export function activeSecrets(secrets: SourceSecrets, now: Date): readonly [string, ...string[]] {
  const [newest, ...older] = secrets;
  if (!newest) throw new Error("a source has no secret");
  const accepted = older.filter(({ until }) => until !== null && new Date(until) > now);
  return [newest.secret, ...accepted.map(({ secret }) => secret)];
}

/** Known, and not accepted any more. */
export const endedSecrets = (secrets: SourceSecrets, now: Date): string[] =>
  secrets.filter(({ until }) => until !== null && new Date(until) <= now).map(({ secret }) => secret);

export const sealSourceSecrets = (envelope: Envelope, sourceId: string, secrets: SourceSecrets): Buffer =>
  envelope.seal("inbound", place(sourceId), secrets);

export const openSourceSecrets = (envelope: Envelope, sourceId: string, sealed: Buffer): SourceSecrets =>
  secretsSchema.parse(envelope.open("inbound", place(sourceId), sealed));
