import { sql } from "kysely";
import { factDataSchemas, type Fact, type NewFact } from "../flow/facts.js";
import type { Sealer } from "../ports.js";
import type { LedgerTables, RunFactTable } from "./tables.js";
import type { Reader, Tx } from "./tx.js";

/** A fact as stored, its sealed part still closed: enough to fold, not to evaluate. */
export interface StoredFact {
  readonly fact: Fact;
  readonly sealed: Buffer | null;
}

const placeOf = (runId: string, seq: number): string => `run_fact.sealed|${runId}|${seq}`;

export async function readFacts(reader: Reader, runId: string): Promise<StoredFact[]> {
  const rows = await reader
    .withTables<LedgerTables>()
    .selectFrom("run_fact")
    .selectAll()
    .where("run_id", "=", runId)
    .orderBy("seq")
    .execute();
  return rows.map((row) => ({ fact: toFact(row), sealed: row.sealed }));
}

type FactRow = Pick<RunFactTable, "seq" | "kind" | "node_id"> & { at: Date; data: object };

/** Stored data is read by its kind's schema: a row that no release wrote fails here, with its place. */
function toFact({ seq, at, kind, node_id, data }: FactRow): Fact {
  const parsed = factDataSchemas[kind].parse(data);
  // The schema was chosen by `kind`, which the compiler cannot follow.
  return { seq, at: at.toISOString(), kind, nodeId: node_id, data: parsed } as Fact;
}

/** Opens the sealed parts. Null when any key is gone: the person was erased. */
export async function openFacts(
  reader: Reader,
  sealer: Sealer,
  run: { runId: string; facts: readonly StoredFact[] },
): Promise<Fact[] | null> {
  const closed = run.facts.filter(({ sealed }) => sealed !== null);
  const opened = await sealer.open(
    reader,
    closed.map(({ fact, sealed }) => ({ sealed, place: placeOf(run.runId, fact.seq) })),
  );
  const bySeq = new Map<number, Record<string, unknown>>();
  for (const [index, { fact }] of closed.entries()) {
    const cell = opened[index];
    if (!cell || cell.erased) return null;
    bySeq.set(fact.seq, cell.value as Record<string, unknown>);
  }
  return run.facts.map(({ fact }) => withSealed(fact, bySeq.get(fact.seq)));
}

const withSealed = (fact: Fact, sealed: Record<string, unknown> | undefined): Fact =>
  sealed ? { ...fact, sealed } : fact;

/** Writes facts from `seq + 1` on; the caller holds the run's row lock. */
export async function insertFacts(
  tx: Tx,
  sealer: Sealer,
  batch: { runId: string; subjectId: string; seq: number; facts: readonly NewFact[] },
): Promise<void> {
  if (batch.facts.length === 0) return;
  const numbered = batch.facts.map((fact, index) => ({ fact, seq: batch.seq + 1 + index }));
  const secret = numbered.filter(({ fact }) => fact.sealed !== undefined);
  const cells = await sealer.seal(
    tx,
    secret.map(({ fact, seq }) => ({
      subjectId: batch.subjectId,
      place: placeOf(batch.runId, seq),
      value: fact.sealed,
    })),
  );
  const sealedBySeq = new Map(secret.map(({ seq }, index) => [seq, cells[index] ?? null]));
  await tx
    .withTables<LedgerTables>()
    .insertInto("run_fact")
    .values(
      numbered.map(({ fact, seq }) => ({
        run_id: batch.runId,
        seq,
        at: sql<Date>`lw_now()`,
        kind: fact.kind,
        node_id: fact.nodeId,
        data: JSON.stringify(fact.data),
        sealed: sealedBySeq.get(seq) ?? null,
      })),
    )
    .execute();
}
