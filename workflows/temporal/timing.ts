import { z } from "zod";

/** Every wait of execution in milliseconds; the defaults are for production, tests shorten them by configuration. */
export const timingSchema = z
  .object({
    /** Upper bound on any action's own deadline. */
    deadlineCapMs: z.number().int().min(100).default(60_000),
    /** How much longer than the call a claim lasts: the call's clean-up and two clocks that differ. */
    claimMarginMs: z.number().int().min(100).default(10_000),
    /** A claimed send that has not left by then is given up: somebody slept between claim and send. */
    sendWithinMs: z.number().int().min(50).default(5_000),
    /** A request that timed out may still land: nothing is looked up before that. */
    settleMs: z.number().int().min(0).default(10_000),
    /** Factor on the windows in which an action's empty look-ups stay inconclusive. */
    doubtScale: z.number().min(0).max(1).default(1),
    /** How long after its next try a run is given to the sweeper. */
    rescueMs: z.number().int().min(500).default(120_000),
    /** The sweeper's threshold, its period, and the dispatcher's lease and poll. */
    overdueMs: z.number().int().min(100).default(15_000),
    sweepEveryMs: z.number().int().min(100).default(5_000),
    leaseMs: z.number().int().min(500).default(20_000),
    pollMs: z.number().int().min(50).default(1_000),
    /** How long a run that waits for the one before it of its key rests, at the most, before it looks for itself. */
    turnMs: z.number().int().min(100).default(60_000),
    /** In the fast lane no first attempt of a run begins later than this after the look began. */
    inlineMs: z.number().int().min(0).default(8_000),
    heartbeatMs: z.number().int().min(500).default(15_000),
  })
  .strict();

export type ExecutionTiming = z.infer<typeof timingSchema>;
