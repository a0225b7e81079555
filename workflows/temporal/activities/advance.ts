import type { Zones } from "../../flow/catalogue.js";
import type { Db } from "../../ledger/tx.js";
import type { ExecutionPorts } from "../../ports.js";
import type { Next } from "../messages.js";
import { commit } from "./commit.js";
import { decide } from "./decide.js";
import { dropUnsent, giveUp } from "./give-up.js";
import type { Timing } from "./next.js";
import { readSnapshot } from "./snapshot.js";

export interface AdvanceDependencies {
  readonly db: Db;
  readonly ports: ExecutionPorts;
  readonly installationId: string;
  readonly zones: Zones;
  readonly timing: Timing;
}

export interface AdvanceActivities {
  /** Plans and appends until nothing can be decided any more; answers the whole picture. */
  advance(runId: string, gaveUp: readonly string[]): Promise<Next>;
}

export const DONE: Next = { finished: true, state: "", open: [], start: [], waitMs: 1_000 };

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
