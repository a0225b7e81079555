import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../../server/db/database.js";
import { migrate } from "../../server/db/migrate.js";
import { migrations } from "../../server/migrations.js";
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { standsStill } from "./restore.js";
import type { Db } from "./tx.js";

let database: TestDatabase;
let db: Db;
let identity: string;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  const { rows } = await sql<{ identity: string }>`select identity from ledger_state`.execute(db);
  identity = rows[0]?.identity ?? "";
});
afterAll(() => database.drop());

test("a database knows itself again, and is another once its tables were made anew, as a dump makes them", async () => {
  expect(await standsStill(db)).toBe(false);
  const made = await createEmptyDatabase();
  const dump = openDatabase({ url: made.url, maxConnections: 1, applicationName: "test" });
  try {
    await migrate(dump.db, migrations);
    expect(await standsStill(dump.db)).toBe(false);
    await sql`update ledger_state set identity = ${identity}`.execute(dump.db);
    expect(await standsStill(dump.db)).toBe(true);
  } finally {
    await dump.db.destroy();
    await made.drop();
  }
});

test("a user who may not ask for the cluster's identifier still notices tables that were made anew", async () => {
  const role = `plain_${randomUUID().slice(0, 8)}`;
  await sql.raw(`create role ${role}`).execute(db);
  // One session, which keeps what it was told.
  const told = (asked: string) =>
    db.connection().execute(async (session) => {
      await sql`select set_config('loopwright.cluster', '', false)`.execute(session);
      await sql.raw(`set role ${asked}`).execute(session);
      const { rows } = await sql<{ identity: string }>`select lw_database_identity() as identity`.execute(session);
      await sql`reset role`.execute(session);
      await sql`select set_config('loopwright.cluster', '', false)`.execute(session);
      return rows[0]?.identity;
    });
  try {
    // Anybody may, where nobody took it away.
    expect(await told(role)).toBe(identity);
    await sql`revoke execute on function pg_control_system() from public`.execute(db);
    expect(await told(role)).toMatch(/^unreadable\/\d+$/);
  } finally {
    await sql`grant execute on function pg_control_system() to public`.execute(db);
    await sql.raw(`drop role ${role}`).execute(db);
  }
});
