import { sql } from "kysely";
import type { Db } from "../db/database.js";

/** Every row of every table, as JSON; bytes are written as hexadecimal. */
export type WholeDatabase = Readonly<Record<string, readonly object[]>>;

/** A logical backup, taken in one transaction. */
export const backUp = (db: Db): Promise<WholeDatabase> =>
  db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (tx) => {
      const tables: Record<string, readonly object[]> = {};
      for (const name of await tableNames(tx)) {
        const { rows } = await sql<{ row: object }>`select to_jsonb(t) as row from ${sql.table(name)} as t`.execute(tx);
        tables[name] = rows.map(({ row }) => row);
      }
      return tables;
    });

/** Puts the database back to what a backup holds; nobody may be using it. */
export const restore = (db: Db, backup: WholeDatabase): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql.raw(`truncate ${(await tableNames(tx)).map((name) => `"${name}"`).join(", ")}`).execute(tx);
    for (const [name, rows] of Object.entries(backup))
      await sql`
        insert into ${sql.table(name)}
        select * from jsonb_populate_recordset(null::${sql.table(name)}, ${JSON.stringify(rows)}::jsonb)`.execute(tx);
  });

/** Everything that a copy of the tables can be read as: the text, and what its bytes say. */
export function readable(database: WholeDatabase): string {
  const text = JSON.stringify(database);
  const bytes = [...text.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex = ""]) => Buffer.from(hex, "hex").toString("utf8"));
  return [text, ...bytes].join("\n");
}

async function tableNames(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`.execute(db);
  return rows.map(({ name }) => name);
}
