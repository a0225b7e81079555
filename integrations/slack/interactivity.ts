import { createHmac, timingSafeEqual } from "node:crypto";
import { parseJsonSafely } from "../json.js";
import { parseInteraction, type Interaction } from "./interaction.js";

/** Slack's advice is five minutes; kept on both sides, so that a stolen request from a clock ahead does not live longer. */
const TOLERANCE_S = 300;

export type SlackVerification =
  /** `secretIndex` says which secret signed it, and so which connection it came from. */
  { readonly ok: true; readonly secretIndex: number } | { readonly ok: false; readonly reason: string };

export interface SignedRequest {
  readonly rawBody: Buffer;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Empty ones verify nothing. */
  readonly signingSecrets: readonly string[];
  readonly now: Date;
}

const no = (reason: string): SlackVerification => ({ ok: false, reason });

/** Signed requests, version v0, as docs.slack.dev "Verifying requests from Slack" gives it: over the raw bytes, before any parsing. */
export function verifySlackRequest({ rawBody, headers, signingSecrets, now }: SignedRequest): SlackVerification {
  const [timestamp, signature] = [headers["x-slack-request-timestamp"], headers["x-slack-signature"]];
  if (mediaType(headers["content-type"]) !== "application/x-www-form-urlencoded")
    return no("The content type is not application/x-www-form-urlencoded.");
  if (!timestamp || !signature) return no("A signature header is missing.");
  if (!/^\d{1,12}$/.test(timestamp)) return no("The timestamp is not a number of seconds.");
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_S)
    return no("The timestamp is more than five minutes away from our clock.");
  const matches = signingSecrets.map((secret) => secret !== "" && same(sign(secret, timestamp, rawBody), signature));
  const secretIndex = matches.indexOf(true);
  return secretIndex === -1 ? no("The signature does not match.") : { ok: true, secretIndex };
}

/** Without its parameters, such as a charset; case does not matter. */
const mediaType = (contentType = ""): string => contentType.replace(/;.*$/s, "").trim().toLowerCase();

const sign = (secret: string, timestamp: string, rawBody: Buffer): string =>
  `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:`).update(rawBody).digest("hex")}`;

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Of a verified request. Null for anything that is not ours to act on: answer it with an empty 200. */
export function readInteraction(rawBody: Buffer): Interaction | null {
  const payload = new URLSearchParams(rawBody.toString("utf8")).get("payload");
  if (payload === null) return null;
  const parsed = parseJsonSafely(Buffer.from(payload));
  return parsed.ok ? parseInteraction(parsed.value) : null;
}
