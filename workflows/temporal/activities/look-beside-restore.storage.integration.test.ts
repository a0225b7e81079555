import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../server/testing/database.js";
import { aFlow, aNode } from "../../flow/testing/a-flow.js";
import { acceptDatabase, nameRestorePoint } from "../../ledger/restore.js";
import { findRun } from "../../ledger/run-store.js";
import { transact } from "../../ledger/transact.js";
import type { Db } from "../../ledger/tx.js";
import { createFakePorts } from "../../testing/fake-ports.js";
import { aRun } from "../../testing/ledger-rows.js";
import { timingSchema } from "../timing.js";
import { decide } from "./decide.js";
import { createLooks } from "./looks.js";

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

test.each(["accepts the database", "names the restore point"])(
  "a run that was looked at before an operator %s, and is written after it, is not left to rest",
  async (how) => {
    const flow = aFlow(
      [aNode("action", "one", { action: "http.request@1", connectionId: null, input: { url: "https://example.com" } })],
      "start > one",
    );
    const timing = { ...timingSchema.parse({}), showState: false, deadlineOf: () => 1_000 };
    const zones = { nextLocalTime: (from: Date) => from };
    const dependencies = { db, ports: createFakePorts({ flow }), installationId: "test", zones, timing };
    await sql`update ledger_state set identity = 'the database of before'`.execute(db);
    const run = await aRun(db);
    const looks = createLooks(dependencies);
    const snapshot = await looks.snapshot(run.id);
    if (!snapshot) throw new Error("the run is over");
    const progress = await decide(dependencies, snapshot, looks.open);
    if (how === "accepts the database") await transact(db, acceptDatabase);
    else await transact(db, (tx) => nameRestorePoint(tx, new Date(Date.now() - 60_000)));
    expect(await looks.commit({ snapshot, progress, by: "lane" })).toMatchObject({ rests: false });
    expect(Number((await findRun(db, run.id))?.due_at)).toBeLessThan(Infinity);
  },
);
