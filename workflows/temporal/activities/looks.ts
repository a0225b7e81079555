import { isDatabaseAway } from "../../ledger/database-away.js";
import { createGroupCommit } from "../../ledger/group-commit.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import { commitAll, type Look, type Written } from "./commit.js";
import { passGate, type Passage } from "./gate.js";
import { openRuns, readSnapshots, type OpenedRun, type Snapshot } from "./snapshot.js";

/** What one look at a run asks of the database. Looks that are under way at once share their questions and their transactions. */
export interface Looks {
  /** Null where the run is over. */
  snapshot(runId: string): Promise<Snapshot | null>;
  /** Null where the person was erased. */
  open(snapshot: Snapshot): Promise<OpenedRun | null>;
  /** Of a run that must take its turn. */
  pass(snapshot: Snapshot): Promise<Passage>;
  /** Null where the run moved meanwhile. */
  commit(look: Look): Promise<Written | null>;
}

/** Runs a batch; whoever waits for more than this many is told to come back, and Temporal does. */
const LIMITS = { maxBatch: 100, maxInFlight: 1, maxWaiting: 10_000 } as const;

export function createLooks(dependencies: AdvanceDependencies): Looks {
  const { db, ports } = dependencies;
  const shared = { ...LIMITS, isItemsFault: (error: unknown) => !isDatabaseAway(error) };
  const snapshots = createGroupCommit({ ...shared, flush: (ids: readonly string[]) => readSnapshots(db, ports, ids) });
  const opened = createGroupCommit({ ...shared, flush: (given: readonly Snapshot[]) => openRuns(db, ports, given) });
  const gate = createGroupCommit({ ...shared, flush: (given: readonly Snapshot[]) => passGate(dependencies, given) });
  const commits = createGroupCommit({ ...shared, flush: (looks: readonly Look[]) => commitAll(dependencies, looks) });
  return { snapshot: snapshots.submit, open: opened.submit, pass: gate.submit, commit: commits.submit };
}
