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

export function createLaneActivities(dependencies: LaneDependencies): LaneActivities {
  const { passBy, onError } = dependencies;

  const report = (error: unknown): null => {
    onError(error, "advanceInLane");
    return null;
  };

  async function drive(runId: string): Promise<void> {
    const seen = await passBy(runId).catch(report);
    if (!seen || !(seen.next.finished || seen.rests)) await giveDriver(dependencies, runId);
  }

  return {
    /** Each run is caught alone: what one throws is nobody else's. Whom nobody could hand over is due again when the lease ends. */
    async advanceInLane(runIds) {
      await Promise.all(runIds.map((runId) => drive(runId).catch(report)));
    },
  };
}

async function giveDriver({ db, poke }: LaneDependencies, runId: string): Promise<void> {
  await handOver(db, runId);
  // Only a hint: the sweeper pokes whom this does not reach.
  await poke({ kind: "run", id: runId }).catch(() => undefined);
}
