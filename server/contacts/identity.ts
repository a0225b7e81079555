import type { Feedback } from "../../integrations/feedback.js";
import type { Reader } from "../db/database.js";
import { normaliseEmail } from "../privacy/normalise-email.js";
import type { Vault } from "../privacy/vault.js";

/** A value by which someone is known; only its HMAC is stored. Strong keys come first. */
export interface IdentityKey {
  readonly kind: string;
  readonly value: string;
}

/**
 * Strong: an id that the source vouches for, valid within that source. Weak: an e-mail, taken from signed sources only. A
 * nickname identifies nobody.
 */
export function contactKeys(sourceId: string, { respondent }: Feedback): IdentityKey[] {
  if (respondent.anonymous) return [];
  return [
    ...(respondent.externalId ? [externalKey(sourceId, respondent.externalId)] : []),
    ...(respondent.email ? [emailKey(respondent.email)] : []),
  ];
}

/** An id that a source gave, which means nothing to another source. */
export const externalKey = (sourceId: string, externalId: string): IdentityKey => ({
  kind: `external:${sourceId}`,
  value: externalId.trim(),
});

export const emailKey = (email: string): IdentityKey => ({ kind: "email", value: normaliseEmail(email) });

export const accountKeys = (sourceId: string, { account }: Feedback): IdentityKey[] => [
  ...(account.externalId ? [externalKey(sourceId, account.externalId)] : []),
  ...(account.name ? [accountNameKey(account.name)] : []),
];

export const accountNameKey = (name: string): IdentityKey => ({
  kind: "name",
  value: name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase(),
});

/** What is stored in its place. */
export const blindIdentity = (
  reader: Reader,
  vault: Vault,
  workspaceId: string,
  { kind, value }: IdentityKey,
): Promise<Buffer> => vault.blind(reader, workspaceId, `${kind}|${value}`);
