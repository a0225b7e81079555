import { createHmac, timingSafeEqual } from "node:crypto";
import type { InboundDelivery, Verification } from "../source.js";

/** HubSpot's advice: older requests are refused. Kept on both sides, as for every other signature. */
const TOLERANCE_MS = 300_000;

const no = (reason: string): Verification => ({ ok: false, reason });

/**
 * Version 3: base64 of the HMAC-SHA-256 over method, address, body and timestamp, under the app's client secret. The bytes are signed as
 * they came.
 * @see https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
export function verifyHubspot(
  { rawBody, headers, url }: InboundDelivery,
  secrets: readonly string[],
  now: Date,
): Verification {
  const [timestamp, signature] = [headers["x-hubspot-request-timestamp"], headers["x-hubspot-signature-v3"]];
  if (!timestamp || !signature)
    return no("One of the headers X-HubSpot-Signature-v3 and X-HubSpot-Request-Timestamp is missing.");
  if (!/^\d{1,15}$/.test(timestamp)) return no("The X-HubSpot-Request-Timestamp is not a time in milliseconds.");
  if (Math.abs(now.getTime() - Number(timestamp)) > TOLERANCE_MS)
    return no("The X-HubSpot-Request-Timestamp is more than five minutes away from our clock.");
  const sign = (secret: string): string =>
    createHmac("sha256", secret)
      .update(`POST${url ?? ""}`)
      .update(rawBody)
      .update(timestamp)
      .digest("base64");
  // Every one is compared, so that the time taken says nothing about which secret is in use.
  const matches = secrets.map((secret) => same(sign(secret), signature)).filter(Boolean);
  return matches.length > 0 ? { ok: true } : no("The X-HubSpot-Signature-v3 does not match.");
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
