import type { Next } from "../messages.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import { commit } from "./commit.js";
import { decide } from "./decide.js";
import { dropUnsent, giveUp } from "./give-up.js";
import { halt } from "./halt.js";
import { DONE } from "./next.js";
import { readSnapshot } from "./snapshot.js";

export interface AdvanceActivities {
  /** Plans and appends until nothing can be decided any more; answers the whole picture. */
  advance(runId: string, gaveUp: readonly string[]): Promise<Next>;
}

/** So many tries in a row throw before a person is told: by then it is not a hiccup. */
const PATIENCE = 5;

/** `attempt` counts the tries of this call, from 1. */
export const createAdvance = (dependencies: AdvanceDependencies, attempt = () => 1): AdvanceActivities => ({
  async advance(runId, gaveUp) {
    try {
      await giveUp(dependencies, { kind: "run", id: runId }, gaveUp);
      return await look(dependencies, runId);
    } catch (error) {
      if (attempt() < PATIENCE) throw error;
      return halt(dependencies, runId, { error, look: () => look(dependencies, runId) });
    }
  },
});

async function look(dependencies: AdvanceDependencies, runId: string): Promise<Next> {
  for (;;) {
    const snapshot = await readSnapshot(dependencies.db, dependencies.ports, runId);
    if (!snapshot) return DONE;
    if (await dropUnsent(dependencies, snapshot)) continue;
    const progress = await decide(dependencies, snapshot);
    const next = await commit(dependencies, snapshot, progress);
    if (next) return next;
  }
}
