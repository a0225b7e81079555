import { z } from "zod";

/** Performed by the core where the bytes meet the socket. */
export const SOCKET_FAULTS = [
  "latency",
  "stall_headers",
  "stall_body",
  "truncate_body",
  "rst_before_apply",
  "rst_after_apply",
  "apply_late",
  "hold_after_apply",
  "status",
  "rate_limit",
  "5xx_after_apply",
  "html_200",
  "redirect",
] as const;

/** Performed by the core on what a system sends us. */
export const DELIVERY_FAULTS = ["dup_delivery", "delay_delivery", "reorder", "bad_signature"] as const;

/** Asked for by the systems themselves, through World.standingFault. */
export const STANDING_FAULTS = [
  "index_lag",
  "lock_row",
  "history_unavailable",
  "expire_session",
  "reject_token_always",
  "revoke_scope",
  "clock_skew",
  "no_effect_object",
  "no_external_key",
] as const;

export type SocketFault = (typeof SOCKET_FAULTS)[number];

const fault = z.looseObject({
  kind: z.enum([...SOCKET_FAULTS, ...DELIVERY_FAULTS, ...STANDING_FAULTS]),
  /** latency, apply_late, delay_delivery, index_lag, clock_skew: milliseconds. */
  ms: z.number().optional(),
  /** stall_body, truncate_body: how much of the answer still goes out. */
  bytes: z.int().nonnegative().optional(),
  /** status, 5xx_after_apply, redirect. */
  code: z.int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]).optional(),
  /** rate_limit: how many requests; the same as `times`. */
  count: z.int().positive().optional(),
  /** rate_limit: seconds, or "omit" for an answer without the header. */
  retryAfter: z.union([z.number().nonnegative(), z.literal("omit")]).optional(),
  /** dup_delivery: extra copies; lock_row: how many writes fail. */
  n: z.int().positive().optional(),
  /** redirect: where to; the same path on the same system when absent. */
  location: z.string().optional(),
  /** revoke_scope. */
  scope: z.string().optional(),
  /** history_unavailable: the error that the vendor names. */
  error: z.string().optional(),
});

/**
 * One fault rule, as POST /control/faults takes it. `match` narrows it to requests (for delivery faults: to the URL's path):
 * `path` and `operation` may hold `*`; `nth` lets the first n-1 matches pass. `times` is how often it strikes: 1 when absent, but
 * without end for standing faults and where `p` (chance, drawn with `seed`) is given; null is without end for all.
 */
export const faultRuleSchema = z.strictObject({
  system: z.enum(["slack", "jira", "salesforce"]),
  match: z
    .strictObject({
      method: z.string().optional(),
      path: z.string().optional(),
      operation: z.string().optional(),
      slackMethod: z.string().optional(),
      sobject: z.string().optional(),
      /** Text that the body holds, as it was sent: form-encoded for Slack. */
      body: z.string().optional(),
      nth: z.int().positive().optional(),
    })
    .default({}),
  times: z.int().positive().nullable().optional(),
  p: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
  fault,
});

export type FaultRule = z.infer<typeof faultRuleSchema>;
export type FaultRuleInput = z.input<typeof faultRuleSchema>;
export type Fault = FaultRule["fault"];
