import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refOf } from "../../workflows/ledger/run-store.js";
import { aRun } from "../../workflows/testing/ledger-rows.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { eventTime } from "./event-time.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function aRevision(responseId: string, receivedAt: string, occurredAt: string): Promise<void> {
  await sql`insert into revision (id, workspace_id, response_id, source_id, ordinal, content_hash, received_at, occurred_at,
      metric, domain, attributes, outcome)
    values (${randomUUID()}, ${randomUUID()}, ${responseId}, ${randomUUID()}, 0, ${Buffer.from(randomUUID())}, ${receivedAt},
      ${occurredAt}, 'nps', 'customer', '{}', 'matched')`.execute(database.db);
}

test("an event is as old as what was said, where that is told; a response that came in parts as its first", async () => {
  const run = refOf(await aRun(database.db));
  expect(await eventTime(database.db, run)).toBeNull();
  const moments = [
    ["2031-05-04T12:00:00.000Z", "2031-05-04T11:00:00.000Z", "2031-05-04T11:00:00.000Z"],
    ["2031-05-04T14:00:00.000Z", "2031-05-04T13:00:00.000Z", "2031-05-04T11:00:00.000Z"],
    // A sender whose clock is ahead.
    ["2031-05-04T10:00:00.000Z", "2031-05-04T15:00:00.000Z", "2031-05-04T10:00:00.000Z"],
  ] as const;
  for (const [receivedAt, occurredAt, expected] of moments) {
    await aRevision(run.responseId, receivedAt, occurredAt);
    expect((await eventTime(database.db, run))?.toISOString()).toBe(expected);
  }
});
