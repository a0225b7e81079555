import { createGroupCommit, type GroupCommitOptions } from "./group-commit.js";

/** Whoever comes when more than these wait is told to come back, and Temporal does. */
const LIMITS = { maxBatch: 100, maxInFlight: 1, maxWaiting: 10_000 } as const;

/** Asked by many side by side, answered in one question. */
export const shared = <Item, Result>(
  flush: GroupCommitOptions<Item, Result>["flush"],
): ((item: Item) => Promise<Result>) => createGroupCommit({ ...LIMITS, flush }).submit;
