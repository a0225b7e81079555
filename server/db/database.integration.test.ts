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
