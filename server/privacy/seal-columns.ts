import type { Tx } from "../db/database.js";
import type { Vault } from "./vault.js";

export interface RowToSeal<Column extends string> {
  readonly id: string;
  readonly subjectId: string;
  /** By column name; null stays null. */
  readonly values: Readonly<Record<Column, unknown>>;
}

/** Seals the secret columns of many rows at once; answers them in the order of the rows. */
export async function sealColumns<Column extends string>(
  vault: Vault,
  tx: Tx,
  { table, columns, rows }: { table: string; columns: readonly Column[]; rows: readonly RowToSeal<Column>[] },
): Promise<Readonly<Record<Column, Buffer | null>>[]> {
  const cells = rows.flatMap(({ id, subjectId, values }) =>
    columns.map((column) => ({ subjectId, place: `${table}.${column}|${id}`, value: values[column] })),
  );
  const sealed = await vault.seal(tx, cells);
  return rows.map((_, row) => {
    const own = columns.map((column, index) => [column, sealed[row * columns.length + index] ?? null] as const);
    return Object.fromEntries(own) as Record<Column, Buffer | null>;
  });
}
