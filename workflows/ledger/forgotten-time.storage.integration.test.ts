import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { forgottenTime, restorePoints, nameRestorePoint } from "./restore.js";
import { transact } from "./transact.js";
import type { Db } from "./tx.js";

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterEach(() => sql`delete from restore_point`.execute(db));
afterAll(() => database.drop());

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const name = (reaches: Date) => transact(db, (tx) => nameRestorePoint(tx, reaches));
/** What is planned after the naming, for an event of this time. */
const forgottenFor = (happened: Date) =>
  transact(db, async (tx) => forgottenTime(await restorePoints(tx), () => Promise.resolve(happened)));

test("for an event that happened before the naming everything may exist already, however late it comes", async () => {
  expect(await forgottenFor(ago(90))).toBeNull();
  const first = await name(ago(60));
  const time = { from: first.reaches, until: first.namedAt };
  expect(await forgottenFor(ago(90))).toEqual(time);
  expect(await forgottenFor(ago(1))).toEqual(time);
  // The clocks of senders differ by minutes.
  expect(await forgottenFor(ago(-4))).toEqual(time);
  expect(await forgottenFor(ago(-6))).toBeNull();
});

test("of several restores each counts that came after the event", async () => {
  await sql`insert into restore_point (reaches, named_at) values
    (${ago(600)}, ${ago(500)}), (${ago(300)}, ${ago(200)})`.execute(db);
  const minutes = async (happened: Date) => {
    const time = await forgottenFor(happened);
    return time && [time.from, time.until].map((moment) => Math.round((Date.now() - moment.getTime()) / 60_000));
  };
  expect(await minutes(ago(550))).toEqual([600, 200]);
  expect(await minutes(ago(400))).toEqual([300, 200]);
  expect(await minutes(ago(100))).toBeNull();
});
