import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import type { InboundDelivery, Verification } from "../source.js";
import { verifyHubspot } from "./verify-hubspot.js";
import type { Verifier } from "./settings.js";

/** Standard Webhooks, "Verifying webhook authenticity": five minutes, both sides. */
const TOLERANCE_S = 300;

/** Standard Webhooks, "Signature scheme": base64, with or without the prefix. */
const STANDARD_SECRET = /^(?:whsec_)?(?=.)((?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?)$/;

type Secrets = readonly [string, ...string[]];

const no = (reason: string): Verification => ({ ok: false, reason });

export function verifyDelivery(
  delivery: InboundDelivery,
  context: { readonly verifier: Verifier; readonly secrets: Secrets; readonly now: Date },
): Verification {
  const { verifier, secrets, now } = context;
  if (verifier.scheme === "standard-webhooks") return verifyStandard(delivery, secrets, now);
  if (verifier.scheme === "hubspot-v3") return verifyHubspot(delivery, secrets, now);
  return verifyHmac(delivery, secrets, verifier);
}

function verifyStandard({ rawBody, headers }: InboundDelivery, secrets: Secrets, now: Date): Verification {
  const [id, timestamp, signature] = [
    headers["webhook-id"],
    headers["webhook-timestamp"],
    headers["webhook-signature"],
  ];
  if (!id || !timestamp || !signature)
    return no("One of the headers webhook-id, webhook-timestamp and webhook-signature is missing.");
  if (!/^\d{1,12}$/.test(timestamp)) return no("The webhook-timestamp header is not a time in seconds.");
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_S)
    return no("The webhook-timestamp is more than five minutes away from our clock.");
  const expected = secrets.flatMap((secret) => signStandard(secret, { id, timestamp, rawBody }));
  if (expected.length === 0) return no("No secret of this source is a Standard Webhooks secret (whsec_…).");
  const given = signature.split(" ");
  // Every pair is compared, so that the time taken says nothing about which secret is in use.
  const matches = expected.flatMap((own) => given.map((other) => same(own, other))).filter(Boolean);
  return matches.length > 0 ? { ok: true } : no("The webhook-signature does not match.");
}

/** Empty when the secret is not one. Node's own HMAC, over the bytes as they came: the specification's package computes it in JavaScript. */
export function signStandard(secret: string, { id, timestamp, rawBody }: SignedMessage): string[] {
  const [, base64] = STANDARD_SECRET.exec(secret) ?? [];
  if (base64 === undefined) return [];
  const hmac = createHmac("sha256", createSecretKey(base64, "base64"));
  return [
    `v1,${hmac
      .update(`${id}.${Number(timestamp)}.`)
      .update(rawBody)
      .digest("base64")}`,
  ];
}

export interface SignedMessage {
  readonly id: string;
  /** Seconds. */
  readonly timestamp: string;
  readonly rawBody: Buffer;
}

function verifyHmac(
  { rawBody, headers }: InboundDelivery,
  secrets: Secrets,
  { header, prefix }: { header: string; prefix: string },
): Verification {
  const given = headers[header];
  if (!given) return no(`The ${header} header is missing.`);
  if (!given.startsWith(prefix)) return no(`The ${header} header does not start with "${prefix}".`);
  const digits = given.slice(prefix.length).toLowerCase();
  const usable = secrets.filter((secret) => secret !== "");
  const matches = usable.filter((secret) => same(createHmac("sha256", secret).update(rawBody).digest("hex"), digits));
  return matches.length > 0 ? { ok: true } : no(`The signature in ${header} does not match.`);
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
