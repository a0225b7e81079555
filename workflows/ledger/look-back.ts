import type { EffectRow } from "./effect-store.js";

/** Two machines may disagree by so much about the time. */
const CLOCK_SKEW_MS = 300_000;

type Sent = Pick<EffectRow, "first_sending_at" | "created_at">;

/** Nothing of the effect was sent before. */
export const firstSentAt = ({ first_sending_at, created_at }: Sent): Date => first_sending_at ?? created_at;

/** How far a look-up reaches back in the remote system, whose clock may be behind ours. */
export const lookBackFrom = (effect: Sent): Date => new Date(firstSentAt(effect).getTime() - CLOCK_SKEW_MS);
