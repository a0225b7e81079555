import { sql, type RawBuilder } from "kysely";
import type { Tx } from "./tx.js";

type Value = string | number | boolean | Date | Buffer | null;

/** Name, SQL type and value of each column of some rows. */
export type Columns<Row> = Readonly<Record<string, readonly [type: string, valueOf: (row: Row) => Value]>>;

/**
 * Rows as `unnest(…) as name (columns)`: an array each column, so that the statement has one text however many rows there are, and no
 * limit of parameters. Names and types are written by us, never given.
 */
export function rowsAs<Row>(name: string, rows: readonly Row[], columns: Columns<Row>): RawBuilder<unknown> {
  const entries = Object.entries(columns);
  const arrays = entries.map(([, [type, valueOf]]) => sql`${rows.map(valueOf)}::${sql.raw(type)}[]`);
  const names = entries.map(([column]) => column).join(", ");
  return sql`unnest(${sql.join(arrays)}) as ${sql.raw(`${name} (${names})`)}`;
}

/** Inserts rows with these columns; the others keep their defaults. Answers how many were new. */
export async function insertRows<Row>(
  tx: Tx,
  { into, rows, columns, conflict = "fails" }: Inserted<Row>,
): Promise<number> {
  if (rows.length === 0) return 0;
  const names = sql.raw(Object.keys(columns).join(", "));
  const orNot = conflict === "is passed over" ? sql` on conflict do nothing` : sql``;
  const { numAffectedRows = 0n } =
    await sql`insert into ${sql.table(into)} (${names}) select * from ${rowsAs("given", rows, columns)}${orNot}`.execute(
      tx,
    );
  return Number(numAffectedRows);
}

export interface Inserted<Row> {
  readonly into: string;
  readonly rows: readonly Row[];
  readonly columns: Columns<Row>;
  /** With a unique row that is there already. */
  readonly conflict?: "fails" | "is passed over";
}
