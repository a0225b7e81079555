import { expect, it, onTestFinished } from "vitest";
import { createTestDatabase } from "../testing/database.js";
import { openDatabase } from "./database.js";

it("a connection that breaks while it is lent out ends its query, not the process, and is replaced", async () => {
  const test = await createTestDatabase();
  onTestFinished(() => test.drop());
  const { db, pool } = openDatabase({ url: test.url, maxConnections: 2, applicationName: "test" });
  onTestFinished(() => db.destroy());
  const client = await pool.connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const broken = new Promise((resolve) => client.once("end", resolve));
  await test.pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
  await broken;
  await expect(client.query("select 1")).rejects.toThrow();
  client.release(true);
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

it("a process that sleeps in the middle of a transaction keeps its locks for a moment only", async () => {
  const test = await createTestDatabase();
  onTestFinished(() => test.drop());
  const opened = { url: test.url, maxConnections: 1, applicationName: "test" };
  const [asleep, awake] = [openDatabase({ ...opened, idleInTransactionMs: 200 }), openDatabase(opened)];
  onTestFinished(() => asleep.db.destroy());
  onTestFinished(() => awake.db.destroy());
  await test.pool.query("create table thing (n int); insert into thing values (1)");
  const client = await asleep.pool.connect();
  await client.query("begin");
  await client.query("update thing set n = 2");
  await awake.pool.query("update thing set n = n + 10");
  expect((await awake.pool.query("select n from thing")).rows).toEqual([{ n: 11 }]);
  await expect(client.query("commit")).rejects.toThrow();
  client.release(true);
});

it("who plans once goes by the index, although the table was empty when the statement was planned", async () => {
  const test = await createTestDatabase();
  onTestFinished(() => test.drop());
  const { db, pool } = openDatabase({ url: test.url, maxConnections: 1, applicationName: "test", plansOnce: true });
  onTestFinished(() => db.destroy());
  await test.pool.query("create table thing (id int primary key)");
  const text = "select * from thing where id = any($1)";
  await pool.query({ name: "found", text, values: [[1]] });
  await test.pool.query("insert into thing select generate_series(1, 20000)");
  await pool.query({ name: "found", text, values: [[1]] });
  const plans = await pool.query<{ n: number }>(
    "select generic_plans as n from pg_prepared_statements where name = 'found'",
  );
  expect(plans.rows).toEqual([{ n: 2 }]);
  const { rows } = await pool.query<{ "QUERY PLAN": string }>("explain execute found('{1}')");
  expect(rows[0]?.["QUERY PLAN"]).toMatch(/Index|Bitmap/);
});
