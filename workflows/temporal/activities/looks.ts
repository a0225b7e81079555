import { shared } from "../../ledger/shared.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import { commitAll, type Look, type Seen } from "./commit.js";
import { askTurns, type Turn } from "./gate.js";
import { openRuns, readSnapshots, type OpenedRun, type Snapshot } from "./snapshot.js";

/** What one look at a run asks of the database. Looks that are under way at once share their questions and their transactions. */
export interface Looks {
  /** Null where the run is over. */
  snapshot(runId: string): Promise<Snapshot | null>;
  /** Null where the person was erased. */
  open(snapshot: Snapshot): Promise<OpenedRun | null>;
  /** Of a run that must take its turn. */
  askTurn(snapshot: Snapshot): Promise<Turn>;
  /** Null where the run must be looked at again. */
  commit(look: Look): Promise<Seen | null>;
}

export function createLooks(dependencies: AdvanceDependencies): Looks {
  const { db, ports } = dependencies;
  return {
    snapshot: shared((ids: readonly string[]) => readSnapshots(db, ports, ids)),
    open: shared((given: readonly Snapshot[]) => openRuns(db, ports, given)),
    askTurn: shared((given: readonly Snapshot[]) => askTurns(dependencies, given)),
    commit: shared((looks: readonly Look[]) => commitAll(dependencies, looks)),
  };
}
