import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { firstIdAt, uuidv7 } from "../../workflows/ledger/uuid.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { countUse } from "./count-use.js";

const connectionId = uuidv7();
const MINUTE_MS = 60_000;
const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * MINUTE_MS);
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
beforeEach(() => sql`truncate effect, connection_use, connection_use_until cascade`.execute(test.db));
afterAll(() => test.drop());

async function anEffect(at: Date, connection: string | null = connectionId): Promise<void> {
  const id = firstIdAt(at.getTime()).slice(0, 14) + uuidv7().slice(14);
  await sql`insert into effect (id, workspace_id, owner_kind, owner_id, node_id, slot, iteration, key, action, connection_id, state,
      on_ambiguous, closing, retry_until, created_at, settled_at)
    values (${id}, ${uuidv7()}, 'run', ${uuidv7()}, 'deed', 'main', 0, ${id}, 'jira.createIssue@1', ${connection}, 'done', 'park', false, now(),
      ${at}, now())`.execute(test.db);
}

/** Until there is nothing more; how many turns that took. */
async function countAll(): Promise<number> {
  let turns = 1;
  while (await countUse(test.db)) turns += 1;
  return turns;
}

const counted = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select coalesce(sum(effects), 0) as n from connection_use`.execute(test.db);
  return rows[0]?.n ?? 0;
};

it("counts every effect once, however often it looks", async () => {
  for (const minutes of [60 * 24 * 20, 60 * 24 * 3, 90, 30]) await anEffect(minutesAgo(minutes));
  await anEffect(minutesAgo(20), null);
  await countAll();
  expect(await counted()).toBe(4);
  await anEffect(minutesAgo(5));
  expect(await counted()).toBe(4);
  await countAll();
  expect(await counted()).toBe(4);
});

it("leaves out what is older than a month, and what may not be committed yet", async () => {
  await anEffect(minutesAgo(60 * 24 * 31));
  await anEffect(minutesAgo(1));
  await countAll();
  expect(await counted()).toBe(0);
});

it("goes on from where it stopped", async () => {
  await anEffect(minutesAgo(300));
  await countAll();
  await sql`update connection_use_until set until = ${minutesAgo(60)}`.execute(test.db);
  await anEffect(minutesAgo(10));
  await countAll();
  const { rows } = await sql<{ effects: number }>`select effects from connection_use order by day`.execute(test.db);
  expect(rows.reduce((sum, { effects }) => sum + effects, 0)).toBe(2);
});

it("skips stretches in which nothing happened", async () => {
  await anEffect(minutesAgo(60 * 24 * 25));
  await anEffect(minutesAgo(60 * 24));
  expect(await countAll()).toBeLessThanOrEqual(4);
});

it("does not wait for whoever is counting", async () => {
  await countAll();
  await anEffect(minutesAgo(30));
  await sql`update connection_use_until set until = ${minutesAgo(60)}`.execute(test.db);
  await test.db.transaction().execute(async (tx) => {
    await sql`select from connection_use_until for update`.execute(tx);
    expect(await countUse(test.db)).toBe(false);
  });
  expect(await counted()).toBe(0);
});
