import type { Next } from "../messages.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import { commit } from "./commit.js";
import { decide } from "./decide.js";
import { dropUnsent, giveUp } from "./give-up.js";
import { DONE } from "./next.js";
import { readSnapshot } from "./snapshot.js";

export interface AdvanceActivities {
  /** Plans and appends until nothing can be decided any more; answers the whole picture. */
  advance(runId: string, gaveUp: readonly string[]): Promise<Next>;
}

export const createAdvance = (dependencies: AdvanceDependencies): AdvanceActivities => ({
  async advance(runId, gaveUp) {
    await giveUp(dependencies, { kind: "run", id: runId }, gaveUp);
    for (;;) {
      const snapshot = await readSnapshot(dependencies.db, dependencies.ports, runId);
      if (!snapshot) return DONE;
      if (await dropUnsent(dependencies, snapshot)) continue;
      const progress = await decide(dependencies, snapshot);
      const next = await commit(dependencies, snapshot, progress);
      if (next) return next;
    }
  },
});
