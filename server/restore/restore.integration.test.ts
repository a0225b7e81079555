import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { silentLog } from "../testing/silent-log.js";
import { STANDS_STILL, warnWhereStill } from "./restore.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a worker that starts on a restored database says so once, with the command; on its own it says nothing", async () => {
  const said: unknown[] = [];
  const log = { ...silentLog, warn: (_fields: unknown, words?: unknown) => void said.push(words) };
  await warnWhereStill(database.db, log);
  expect(said).toEqual([]);
  await sql`update ledger_state set identity = 'the database of before'`.execute(database.db);
  await warnWhereStill(database.db, log);
  expect(said).toEqual([STANDS_STILL]);
});
