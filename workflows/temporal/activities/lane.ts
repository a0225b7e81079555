import { handOver } from "../../ledger/due.js";
import type { Db } from "../../ledger/tx.js";
import type { Poke } from "../client.js";
import type { Advance } from "./advance.js";

export interface LaneActivities {
  /**
   * Takes each run as far as it goes at once. One that only waits is left to its `due_at`; one that fails, is shut out or runs out of
   * time gets a driver of its own.
   */
  advanceInLane(runIds: readonly string[]): Promise<void>;
}

export interface LaneDependencies {
  readonly db: Db;
  readonly passBy: Advance["passBy"];
  readonly poke: Poke;
  readonly onError: (error: unknown, activity: string) => void;
}

export function createLane(dependencies: LaneDependencies): LaneActivities {
  const { passBy, onError } = dependencies;

  /** Each run is caught alone: what one throws is nobody else's. */
  const isDone = async (runId: string): Promise<boolean> => {
    try {
      const { next, rests } = await passBy(runId);
      return next.finished || rests;
    } catch (error) {
      onError(error, "advanceInLane");
      return false;
    }
  };

  return {
    async advanceInLane(runIds) {
      await Promise.allSettled(
        runIds.map(async (runId) => {
          if (!(await isDone(runId))) await giveDriver(dependencies, runId);
        }),
      );
    },
  };
}

async function giveDriver({ db, poke }: LaneDependencies, runId: string): Promise<void> {
  await handOver(db, runId);
  // Only a hint: the sweeper pokes whom this does not reach.
  await poke({ kind: "run", id: runId }).catch(() => undefined);
}
