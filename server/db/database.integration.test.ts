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
