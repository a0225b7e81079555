import type { FlowContext } from "../../flow/catalogue.js";
import type { Fact } from "../../flow/facts.js";
import type { PublishedFlow } from "../../flow/schema.js";
import { ledgerMoment, type LedgerMoment } from "../../ledger/clock.js";
import { effectsOfRuns, type EffectRow } from "../../ledger/effect-store.js";
import { openFactsOf, readFactsOf, type StoredFact } from "../../ledger/fact-store.js";
import { findRuns, refOf, type RunRow } from "../../ledger/run-store.js";
import type { Db } from "../../ledger/tx.js";
import type { ExecutionPorts } from "../../ports.js";

/** A run as read without locks; whoever writes on the strength of it compares `run.seq` first. */
export interface Snapshot extends LedgerMoment {
  readonly run: RunRow;
  readonly flow: PublishedFlow;
  readonly stored: readonly StoredFact[];
  readonly effects: readonly EffectRow[];
}

/** In the order asked; null where the run is over. */
export async function readSnapshots(
  db: Db,
  ports: ExecutionPorts,
  runIds: readonly string[],
): Promise<(Snapshot | null)[]> {
  const found = await findRuns(db, runIds);
  const open = new Map(found.filter(({ finished_at }) => !finished_at).map((run) => [run.id, run]));
  if (open.size === 0) return runIds.map(() => null);
  const begun = [...open.values()].flatMap(({ id, seq }) => (seq > 0 ? [id] : []));
  const [facts, effects, moment] = await Promise.all([
    readFactsOf(db, begun),
    effectsOfRuns(db, begun),
    ledgerMoment(db),
  ]);
  return Promise.all(
    runIds.map(async (id): Promise<Snapshot | null> => {
      const run = open.get(id);
      if (!run) return null;
      const flow = await ports.publishedFlow(db, run.flow_version_id);
      // Facts were read after the row: a fact more than it counts is a change under way, to be read again.
      const stored = (facts.get(id) ?? []).slice(0, run.seq);
      return { run, flow, stored, effects: effects.get(id) ?? [], ...moment };
    }),
  );
}

export interface OpenedRun {
  readonly facts: readonly Fact[];
  readonly context: FlowContext;
}

/** Unseals what evaluation reads, in the order asked. Null once the person was erased. */
export async function openRuns(
  db: Db,
  ports: ExecutionPorts,
  snapshots: readonly Snapshot[],
): Promise<(OpenedRun | null)[]> {
  const closed = snapshots.map(({ run, stored }) => ({ runId: run.id, facts: stored }));
  const [facts, contexts] = await Promise.all([
    openFactsOf(db, ports.sealer, closed),
    ports.loadContexts(
      db,
      snapshots.map(({ run }) => refOf(run)),
    ),
  ]);
  return snapshots.map((_snapshot, index) => {
    const [own, context] = [facts[index], contexts[index]];
    return own && context ? { facts: own, context } : null;
  });
}
