import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import { KEK_ID_BYTES } from "../privacy/kek.js";
import { wrappedThings, type WrappedThing } from "./wrapped-things.js";

export interface WrappedCell {
  readonly key: string;
  readonly bytes: Buffer;
}

/** How many cells of a kind a KEK wraps. */
export interface KekUse {
  readonly kekId: string;
  readonly what: string;
  readonly cells: number;
}

const kekIn = (thing: WrappedThing) => sql`substring(${sql.ref(thing.column)} from 1 for ${sql.lit(KEK_ID_BYTES)})`;

export async function usesOfKeks(reader: Reader): Promise<readonly KekUse[]> {
  const each = wrappedThings.map(
    (thing) => sql`select ${thing.what}::text as what, ${kekIn(thing)} as kek from ${sql.table(thing.table)}`,
  );
  const { rows } = await sql<KekUse>`
    select encode(kek, 'hex') as "kekId", what, count(*)::int as cells from (${sql.join(each, sql` union all `)}) as cell
    group by kek, what order by what, kek`.execute(reader);
  return rows;
}

/** The next cells that another KEK wraps, locked. */
export async function lockUnderOthers(
  tx: Tx,
  thing: WrappedThing,
  { kekId, limit }: { readonly kekId: string; readonly limit: number },
): Promise<readonly WrappedCell[]> {
  const { rows } = await sql<WrappedCell>`
    select ${sql.ref(thing.key)}::text as key, ${sql.ref(thing.column)} as bytes from ${sql.table(thing.table)}
    where ${kekIn(thing)} <> ${Buffer.from(kekId, "hex")}
    order by ${sql.ref(thing.key)} limit ${limit} for update`.execute(tx);
  return rows;
}

/** The next cells after one, locked. */
export async function lockAfter(
  tx: Tx,
  thing: WrappedThing,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly WrappedCell[]> {
  const key = sql`${sql.ref(thing.key)}::text`;
  const { rows } = await sql<WrappedCell>`
    select ${key} as key, ${sql.ref(thing.column)} as bytes from ${sql.table(thing.table)}
    where ${after}::text is null or ${key} > ${after} order by 1 limit ${limit} for update`.execute(tx);
  return rows;
}

export async function putCells(tx: Tx, thing: WrappedThing, cells: readonly WrappedCell[]): Promise<void> {
  for (const { key, bytes } of cells)
    await sql`
      update ${sql.table(thing.table)} set ${sql.ref(thing.column)} = ${bytes}
      where ${sql.ref(thing.key)}::text = ${key}`.execute(tx);
}
