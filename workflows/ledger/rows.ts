import { sql, type RawBuilder } from "kysely";
import type { Tx } from "./tx.js";
import { unanswered } from "./unanswered.js";

type Value = string | number | boolean | Date | Buffer | null;

/** Name, SQL type and value of each column of some rows. */
export type Columns<Row> = Readonly<Record<string, readonly [type: string, valueOf: (row: Row) => Value]>>;

/**
 * Rows as `unnest(…) as name (columns)`: an array each column, so that the statement has one text however many rows there are, and no
 * limit of parameters. Names and types are written by us, never given.
 */
export function rowsAs<Row>(name: string, rows: readonly Row[], columns: Columns<Row>): RawBuilder<unknown> {
  const entries = Object.entries(columns);
  const arrays = entries.map(([, [type, valueOf]]) => sql`${arrayOf(rows.map(valueOf))}::${sql.raw(type)}[]`);
  const names = entries.map(([column]) => column).join(", ");
  return sql`unnest(${sql.join(arrays)}) as ${sql.raw(`${name} (${names})`)}`;
}

/** What needs no escaping is written here: the driver looks at each character, which costs several times as much. */
const PLAIN = /^[\w-]+$/;

function arrayOf(values: readonly Value[]): string | readonly Value[] {
  const written: string[] = [];
  for (const value of values) {
    if (value === null) written.push("NULL");
    else if (typeof value === "object" || !PLAIN.test(String(value))) return values;
    else written.push(`"${String(value)}"`);
  }
  return `{${written.join(",")}}`;
}

/** Inserts rows with these columns; the others keep their defaults. */
export async function insertRows<Row>(tx: Tx, inserted: Inserted<Row>): Promise<void> {
  if (inserted.rows.length > 0) await sql`${unanswered} ${inserting(inserted)}`.execute(tx);
}

/** The same; answers how many were new. */
export async function insertCounting<Row>(tx: Tx, inserted: Inserted<Row>): Promise<number> {
  if (inserted.rows.length === 0) return 0;
  const { numAffectedRows = 0n } = await inserting(inserted).execute(tx);
  return Number(numAffectedRows);
}

/** The same; answers the rows that were new, as they stand. */
export async function insertReturning<Row, Stored>(tx: Tx, inserted: Inserted<Row>): Promise<readonly Stored[]> {
  if (inserted.rows.length === 0) return [];
  return (await sql<Stored>`${inserting(inserted)} returning *`.execute(tx)).rows;
}

function inserting<Row>({ into, rows, columns, conflict = "fails" }: Inserted<Row>): RawBuilder<unknown> {
  const names = sql.raw(Object.keys(columns).join(", "));
  const orNot = conflict === "is passed over" ? sql` on conflict do nothing` : sql``;
  return sql`insert into ${sql.table(into)} (${names}) select * from ${rowsAs("given", rows, columns)}${orNot}`;
}

export interface Inserted<Row> {
  readonly into: string;
  readonly rows: readonly Row[];
  readonly columns: Columns<Row>;
  /** With a unique row that is there already. */
  readonly conflict?: "fails" | "is passed over";
}
