import { createHash } from "node:crypto";
import type { FlowContext } from "../../flow/catalogue.js";
import type { Fact } from "../../flow/facts.js";
import type { PublishedFlow } from "../../flow/schema.js";
import { ledgerMoment, type LedgerMoment } from "../../ledger/clock.js";
import { effectsOf, type EffectRow } from "../../ledger/effect-store.js";
import { openFacts, readFacts, type StoredFact } from "../../ledger/fact-store.js";
import { findRun, refOf, type RunRow } from "../../ledger/run-store.js";
import type { Db } from "../../ledger/tx.js";
import type { ExecutionPorts } from "../../ports.js";

/** A run as read without locks; whoever writes on the strength of it compares `run.seq` first. */
export interface Snapshot extends LedgerMoment {
  readonly run: RunRow;
  readonly flow: PublishedFlow;
  readonly stored: readonly StoredFact[];
  readonly effects: readonly EffectRow[];
}

export async function readSnapshot(db: Db, ports: ExecutionPorts, runId: string): Promise<Snapshot | null> {
  const run = await findRun(db, runId);
  if (!run || run.finished_at) return null;
  const [flow, stored, effects, moment] = await Promise.all([
    ports.publishedFlow(db, run.flow_version_id),
    readFacts(db, runId),
    effectsOf(db, { kind: "run", id: runId }),
    ledgerMoment(db),
  ]);
  // Facts were read after the row: a fact more than it counts is a change under way, to be read again.
  return { run, flow, stored: stored.slice(0, run.seq), effects, ...moment };
}

export interface OpenedRun {
  readonly facts: readonly Fact[];
  readonly context: FlowContext;
}

/** Unseals what evaluation reads. Null once the person was erased. */
export async function openRun(db: Db, ports: ExecutionPorts, { run, stored }: Snapshot): Promise<OpenedRun | null> {
  const [facts, context] = await Promise.all([
    openFacts(db, ports.sealer, { runId: run.id, facts: stored }),
    ports.loadContext(db, refOf(run)),
  ]);
  return facts && context ? { facts, context } : null;
}

/** A share in [0, 1) that is the same for one person in one node for ever, and independent between nodes. */
export function chanceOf(subjectId: string, flowId: string, nodeId: string): number {
  const hash = createHash("sha256").update(`${subjectId}|${flowId}|${nodeId}`).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48;
}
