import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a migration under a statement that is prepared already is not seen by who reads", async () => {
  const { db } = database;
  await sql`create table shelf as select 1 as id`.execute(db);
  const read = async () => (await transact(db, (tx) => sql`select * from shelf`.execute(tx))).rows;
  for (const _time of [1, 2, 3]) expect(await read()).toEqual([{ id: 1 }]);
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from pg_prepared_statements where statement = 'select * from shelf'`.execute(db);
  expect(rows).toEqual([{ n: 1 }]);
  await sql`alter table shelf add column title text`.execute(db);
  expect(await read()).toEqual([{ id: 1, title: null }]);
});
