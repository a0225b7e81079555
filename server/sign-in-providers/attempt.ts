import { createHmac } from "node:crypto";

/** Time enough to find a password and a phone at the provider. */
export const ATTEMPT_MS = 10 * 60_000;

/** What others see of an attempt is derived from its token, which the browser alone holds: each by itself is of no use for the rest. */
export const derived = (token: string, purpose: string): Buffer => createHmac("sha256", token).update(purpose).digest();
