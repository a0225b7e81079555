import { sql } from "kysely";
import { factDataSchemas, type Fact, type NewFact } from "../flow/facts.js";
import { groupBy } from "../flow/group-by.js";
import type { Opened, Sealer } from "../ports.js";
import { rowsAs } from "./rows.js";
import type { RunFactTable } from "./tables.js";
import type { Reader, Tx } from "./tx.js";
import { unanswered } from "./unanswered.js";

/** A fact as stored, its sealed part still closed: enough to fold, not to evaluate. */
export interface StoredFact {
  readonly fact: Fact;
  readonly sealed: Buffer | null;
}

const placeOf = (runId: string, seq: number): string => `run_fact.sealed|${runId}|${seq}`;

export async function readFacts(reader: Reader, runId: string): Promise<StoredFact[]> {
  return (await readFactsOf(reader, [runId])).get(runId) ?? [];
}

/** By run; a run without facts is not there. */
export async function readFactsOf(reader: Reader, runIds: readonly string[]): Promise<Map<string, StoredFact[]>> {
  const { rows } = await sql<FactRow & { run_id: string; sealed: Buffer | null }>`
    select run_id, seq, at, kind, node_id, data, sealed from run_fact
    where run_id = any(${runIds}::uuid[]) order by run_id, seq`.execute(reader);
  return groupBy(
    rows,
    (row) => row.run_id,
    (row) => ({ fact: toFact(row), sealed: row.sealed }),
  );
}

type FactRow = Pick<RunFactTable, "seq" | "kind" | "node_id"> & { at: Date; data: object };

/** Stored data is read by its kind's schema: a row that no release wrote fails here, with its place. */
function toFact({ seq, at, kind, node_id, data }: FactRow): Fact {
  const parsed = factDataSchemas[kind].parse(data);
  // The schema was chosen by `kind`, which the compiler cannot follow.
  return { seq, at: at.toISOString(), kind, nodeId: node_id, data: parsed } as Fact;
}

export interface ClosedFacts {
  readonly runId: string;
  readonly facts: readonly StoredFact[];
}

/** Opens the sealed parts. Null when any key is gone: the person was erased. */
export async function openFacts(reader: Reader, sealer: Sealer, run: ClosedFacts): Promise<Fact[] | null> {
  const [opened = null] = await openFactsOf(reader, sealer, [run]);
  return opened;
}

/** As `openFacts`, in the order asked. */
export async function openFactsOf(
  reader: Reader,
  sealer: Sealer,
  runs: readonly ClosedFacts[],
): Promise<(Fact[] | null)[]> {
  const places = runs.flatMap(({ runId, facts }) =>
    facts.map(({ fact, sealed }) => ({ sealed, place: placeOf(runId, fact.seq) })),
  );
  const opened = await sealer.open(reader, places);
  let at = 0;
  return runs.map(({ facts }) => withOpened(facts, opened.slice(at, (at += facts.length))));
}

function withOpened(facts: readonly StoredFact[], opened: readonly Opened[]): Fact[] | null {
  const isGone = ({ sealed }: StoredFact, index: number): boolean => sealed !== null && opened[index]?.erased !== false;
  if (facts.some(isGone)) return null;
  return facts.map(({ fact }, index) => {
    const cell = opened[index];
    return cell && !cell.erased ? withSealed(fact, cell.value as Record<string, unknown>) : fact;
  });
}

const withSealed = (fact: Fact, sealed: Record<string, unknown>): Fact => ({ ...fact, sealed });

/** Facts of one run, to be written from `seq + 1` on. */
export interface FactBatch {
  readonly runId: string;
  readonly subjectId: string;
  readonly seq: number;
  readonly facts: readonly NewFact[];
}

/** The caller holds each run's row lock. */
export async function insertFacts(tx: Tx, sealer: Sealer, batches: readonly FactBatch[]): Promise<void> {
  const rows = batches.flatMap(({ runId, subjectId, seq, facts }) =>
    facts.map((fact, index) => ({ runId, subjectId, fact, seq: seq + 1 + index })),
  );
  if (rows.length === 0) return;
  const cells = await sealer.seal(
    tx,
    rows.map(({ runId, subjectId, fact, seq }) => ({
      subjectId,
      place: placeOf(runId, seq),
      value: fact.sealed ?? null,
    })),
  );
  const sealed = rows.map((row, index) => ({ ...row, cell: cells[index] ?? null }));
  await sql`${unanswered}
    insert into run_fact (run_id, seq, at, kind, node_id, data, sealed)
    select run_id, seq, lw_now(), kind, node_id, data, sealed from ${rowsAs("fact", sealed, {
      run_id: ["uuid", ({ runId }) => runId],
      seq: ["int", ({ seq }) => seq],
      kind: ["text", ({ fact }) => fact.kind],
      node_id: ["text", ({ fact }) => fact.nodeId],
      data: ["jsonb", ({ fact }) => JSON.stringify(fact.data)],
      sealed: ["bytea", ({ cell }) => cell],
    })}`.execute(tx);
}
