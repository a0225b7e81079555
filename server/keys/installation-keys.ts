import { sql } from "kysely";
import type { Db, Reader } from "../db/database.js";
import { kekIdOf, type Kek } from "../privacy/kek.js";

/** Notes since when a key is in use. */
export const noteKek = async (reader: Reader, kek: Kek): Promise<void> => {
  await sql`insert into kek (id, first_used_at) values (${kek.id}, lw_now()) on conflict do nothing`.execute(reader);
};

/**
 * What names and vouches for tombstones. They lie in a file for good, so their key stays when the KEK changes: it is what the first
 * KEK gave, and wrapped like any other.
 */
export async function tombstoneSeed(db: Db, kek: Kek): Promise<Buffer> {
  const purpose = "tombstone";
  const stored = await find(db);
  if (stored) return kek.unwrap("installation-key", purpose, stored);
  const wrapped = kek.wrap("installation-key", purpose, kek.seed(purpose, await firstKek(db)));
  await sql`
    insert into installation_key (purpose, wrapped, created_at) values (${purpose}, ${wrapped}, lw_now())
    on conflict do nothing`.execute(db);
  return kek.unwrap("installation-key", purpose, (await find(db)) ?? wrapped);
}

async function find(reader: Reader): Promise<Buffer | undefined> {
  const { rows } = await sql<{ wrapped: Buffer }>`select wrapped from installation_key`.execute(reader);
  return rows[0]?.wrapped;
}

/** Before this version there was one, and the first workspace's key is wrapped by it still. */
async function firstKek(reader: Reader): Promise<string | undefined> {
  const { rows } = await sql<{ wrapped: Buffer }>`select wrapped from workspace_key order by id limit 1`.execute(
    reader,
  );
  return rows[0] && kekIdOf(rows[0].wrapped);
}
