import { isUtf8 } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { InboundDelivery, Verification } from "../source.js";
import type { Verifier } from "./settings.js";

/** Standard Webhooks, "Verifying webhook authenticity": five minutes, both sides. */
const TOLERANCE_S = 300;

type Secrets = readonly [string, ...string[]];

const no = (reason: string): Verification => ({ ok: false, reason });

export function verifyDelivery(
  delivery: InboundDelivery,
  context: { readonly verifier: Verifier; readonly secrets: Secrets; readonly now: Date },
): Verification {
  const { verifier, secrets, now } = context;
  if (verifier.scheme === "standard-webhooks") return verifyStandard(delivery, secrets, now);
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
  // The package signs text: other bytes would be signed as replacement characters.
  if (!isUtf8(rawBody)) return no("The body is not UTF-8 text.");
  const sentAt = new Date(Number(timestamp) * 1000);
  const expected = secrets.flatMap((secret) => signStandard(secret, { id, sentAt, rawBody }));
  if (expected.length === 0) return no("No secret of this source is a Standard Webhooks secret (whsec_…).");
  const given = signature.split(" ");
  // Every pair is compared, so that the time taken says nothing about which secret is in use.
  const matches = expected.flatMap((own) => given.map((other) => same(own, other))).filter(Boolean);
  return matches.length > 0 ? { ok: true, deliveryId: id } : no("The webhook-signature does not match.");
}

/** Empty when the secret is not one: the package throws on bad base64. */
function signStandard(secret: string, message: { id: string; sentAt: Date; rawBody: Buffer }): string[] {
  try {
    return [new Webhook(secret).sign(message.id, message.sentAt, message.rawBody)];
  } catch {
    return [];
  }
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
  return matches.length > 0 ? { ok: true, deliveryId: null } : no(`The signature in ${header} does not match.`);
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
