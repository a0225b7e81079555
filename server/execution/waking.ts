import type { Poke } from "../../workflows/temporal/client.js";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import type { Db } from "../db/database.js";

export interface WakingDependencies {
  readonly db: Db;
  readonly poke: Poke;
  /** Tells the dispatchers that something is due. */
  readonly tellQueued: () => void;
}

/**
 * After the commit that made a run due: its driver is poked, and where it has none the dispatchers are told. Never throws, never waits:
 * it is a hint, and whoever polls or sweeps finds the run without it.
 */
export const createWake =
  ({ db, poke, tellQueued }: WakingDependencies) =>
  (runId: string): void => {
    tellQueued();
    const wakeDriver = async (): Promise<void> => {
      const runs = db.withTables<LedgerTables>().selectFrom("run").select("driven").where("id", "=", runId);
      if ((await runs.executeTakeFirst())?.driven) await poke({ kind: "run", id: runId });
    };
    void wakeDriver().catch(() => undefined);
  };
