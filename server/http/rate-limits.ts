import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { DomainError } from "../errors.js";
import type { Actor, Route } from "./route.js";

/** What one request takes of its account's points: a write is checked, audited and told; a heavy one opens much that is sealed. */
const POINTS = { read: 1, write: 5, heavy: 50 } as const;
const MINUTE_S = 60;
/** Requests without a valid credential, of one address, which may be a whole office. */
const STRANGERS_PER_MINUTE = 300;
/** Links are 256 random bits, so this is against noise, not against guessing. */
const SIGN_INS = { points: 60, duration: 15 * MINUTE_S };

export interface RateLimits {
  /** Throws 429 (`rate_limited`) with Retry-After once the account has used its points of this minute. */
  take(actor: Actor, route: Pick<Route, "method" | "heavy">): Promise<void>;
  /** Throws as `take` does: a request whose credential is missing or wrong, by its address. */
  refused(address: string): Promise<void>;
  /** Throws 429 (`too_many_sign_ins`). */
  signIn(address: string): Promise<void>;
}

/** Of this process: with several, each lets that much through. `pointsPerMinute` 0: no limit but on sign-ins. */
export function createRateLimits(pointsPerMinute: number): RateLimits {
  const accounts = limiter({ points: pointsPerMinute, duration: MINUTE_S }, rateLimited);
  const strangers = limiter({ points: STRANGERS_PER_MINUTE, duration: MINUTE_S }, rateLimited);
  const signIns = limiter(SIGN_INS, tooManySignIns);
  return {
    take: ({ kind, id }, route) => accounts(`${kind}:${id}`, pointsOf(route)),
    refused: (address) => strangers(address, pointsPerMinute === 0 ? 0 : 1),
    signIn: (address) => signIns(address, 1),
  };
}

const pointsOf = ({ method, heavy }: Pick<Route, "method" | "heavy">): number =>
  heavy ? POINTS.heavy : method === "get" ? POINTS.read : POINTS.write;

function limiter(most: { points: number; duration: number }, refusal: (waitS: number) => DomainError) {
  const memory = new RateLimiterMemory(most);
  return async (key: string, points: number): Promise<void> => {
    if (most.points === 0 || points === 0) return;
    try {
      await memory.consume(key, points);
    } catch (answer) {
      if (!(answer instanceof RateLimiterRes)) throw answer;
      throw refusal(Math.max(1, Math.ceil(answer.msBeforeNext / 1_000)));
    }
  };
}

const rateLimited = (waitS: number): DomainError =>
  new DomainError({
    status: 429,
    code: "rate_limited",
    message: `Too many requests in this minute. Wait ${String(waitS)} s, and send fewer at once.`,
    headers: { "Retry-After": String(waitS) },
  });

const tooManySignIns = (waitS: number): DomainError =>
  new DomainError({
    status: 429,
    code: "too_many_sign_ins",
    message: "Too many sign-ins from this address. Wait a quarter of an hour.",
    headers: { "Retry-After": String(waitS) },
  });
