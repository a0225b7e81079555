import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { counterOf } from "../testing/execution.js";
import { aRun } from "../testing/ledger-rows.js";
import { timingSchema } from "../temporal/timing.js";
import { leaseOverdue, leaseQueued } from "./due.js";
import { findRun } from "./run-store.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await sql`delete from run`.execute(database.db);
});
afterAll(() => database.drop());

const ago = (ms: number) => new Date(Date.now() - ms);
const dueIn = async (runId: string) => Number((await findRun(database.db, runId))?.due_at) - Date.now();
/** Queued runs of one workspace, due a minute ago. */
async function manyRuns(count: number, workspaceId: string): Promise<void> {
  const { id } = await aRun(database.db, { workspaceId, dueAt: ago(60_000) });
  await sql`
    insert into run select (jsonb_populate_record(run, jsonb_build_object('id', gen_random_uuid(), 'response_id', gen_random_uuid()))).*
    from run, generate_series(2, ${count}::int) where run.id = ${id}`.execute(database.db);
}
/** As configured where nothing is: twenty seconds of lease, rescue after fifteen. */
const { leaseMs, overdueMs } = timingSchema.parse({});
const queued = (limit = 100) => leaseQueued(database.db, "run", { limit, leaseMs });
const overdue = () => leaseOverdue(database.db, "run", { limit: 100, overdueMs, leaseMs: overdueMs });

test("what the dispatcher takes it leases for twenty seconds: whoever dies gives it back, nobody takes it twice", async () => {
  const run = await aRun(database.db);
  expect(await queued()).toEqual([run.id]);
  const lease = await dueIn(run.id);
  expect(lease).toBeGreaterThan(15_000);
  expect(lease).toBeLessThanOrEqual(20_000);
  expect(await queued()).toEqual([]);
  await sql`update run set due_at = lw_now() where id = ${run.id}`.execute(database.db);
  expect(await queued()).toEqual([run.id]);
});

test("two dispatchers at once share the work and take nothing twice", async () => {
  await Promise.all(Array.from({ length: 20 }, () => aRun(database.db)));
  const taken = (await Promise.all([queued(10), queued(10), queued(10)])).flat();
  expect(new Set(taken).size).toBe(taken.length);
});

test("workspaces take turns: a thousand runs of one do not hold up the first of another", async () => {
  const [busy, quiet] = [randomUUID(), randomUUID()];
  await manyRuns(1_100, busy);
  const other = await aRun(database.db, { workspaceId: quiet, dueAt: ago(1_000) });
  expect(await queued()).toContain(other.id);
  const rest = await queued();
  expect(rest).toHaveLength(100);
});

test("where more workspaces wait than one turn takes, those that waited longest come first", async () => {
  for (let n = 0; n < 6; n++) await aRun(database.db, { dueAt: ago(1_000 + n) });
  const longest = await aRun(database.db, { dueAt: ago(60_000) });
  const leased = await aRun(database.db, { dueAt: new Date(Date.now() + 60_000) });
  expect(await queued(1)).toEqual([longest.id]);
  expect(await queued()).not.toContain(leased.id);
});

test("the sweeper takes what a driver left for over fifteen seconds, and counts it; nothing else", async () => {
  const before = await counterOf(database.db, "rescued_total");
  const late = await aRun(database.db, { driven: true, dueAt: ago(16_000) });
  await aRun(database.db, { driven: true, dueAt: ago(13_000) });
  await aRun(database.db, { driven: false, dueAt: ago(60_000) });
  expect(await overdue()).toEqual([late.id]);
  expect(await overdue()).toEqual([]);
  expect(await counterOf(database.db, "rescued_total")).toBe(before + 1);
});

test("what is finished is left alone", async () => {
  const run = await aRun(database.db, { driven: true, dueAt: ago(60_000) });
  await sql`update run set finished_at = lw_now() where id = ${run.id}`.execute(database.db);
  expect([await queued(), await overdue()]).toEqual([[], []]);
});
