import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../server/testing/database.js";
import { aFlow, aNode } from "../../flow/testing/a-flow.js";
import { findRun } from "../../ledger/run-store.js";
import type { ExecutionPorts, Incident } from "../../ports.js";
import { createFakePorts } from "../../testing/fake-ports.js";
import { aRun } from "../../testing/ledger-rows.js";
import { timingSchema } from "../timing.js";
import { createAdvance } from "./advance.js";

let database: TestDatabase;
let incidents: Incident[] = [];
const call = aNode("action", "one", {
  action: "http.request@1",
  connectionId: null,
  input: { url: "https://a.example" },
});
const flow = aFlow([call], "start > one");
const timing = { ...timingSchema.parse({}), showState: true, deadlineOf: () => 1_000 };

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  incidents = [];
});

/** What one try of `advance` does, its number given; the flow can be read or not. */
function advancing(publishedFlow: ExecutionPorts["publishedFlow"], attempt: number) {
  const incident = (_tx: unknown, told: Incident) => Promise.resolve(void incidents.push(told));
  const ports = { ...createFakePorts({ flow }), publishedFlow, incident };
  const zones = { nextLocalTime: (from: Date) => from };
  return createAdvance({ db: database.db, ports, installationId: "test", zones, timing }, { attempt: () => attempt })
    .advance;
}
const broken = () => Promise.reject(new Error("a document that no release wrote, about ann@example.com"));
const mended = () => Promise.resolve(flow);
const inMs = (at: Date | number | undefined) => (at instanceof Date ? at.getTime() - Date.now() : Number.NaN);

test("an error is thrown for Temporal to try again, until it is no hiccup any more", async () => {
  const run = await aRun(database.db);
  await expect(advancing(broken, 4)(run.id, [])).rejects.toThrow("no release wrote");
  expect(await findRun(database.db, run.id)).toMatchObject({ state: "queued", halted_since: null });
  expect(incidents).toEqual([]);
});

test("a run that cannot be taken further is stuck where people see it, and somebody is told once", async () => {
  const run = await aRun(database.db);
  const next = await advancing(broken, 5)(run.id, []);
  await advancing(broken, 5)(run.id, []);
  expect(next).toMatchObject({ finished: false, state: "stuck", start: [], waitMs: 60_000 });
  const halted = await findRun(database.db, run.id);
  expect(halted).toMatchObject({ state: "stuck", halted_code: "unexpected_error", driven: true, seq: 0 });
  expect(inMs(halted?.due_at)).toBeGreaterThan(60_000);
  expect(incidents).toMatchObject([{ kind: "run_stuck", about: { id: run.id }, nodeId: null, code: "cannot_advance" }]);
});

test("it is looked at ever more rarely, an hour apart at most", async () => {
  const run = await aRun(database.db);
  const advance = advancing(broken, 5);
  const waitAfter = async (ms: number) => {
    const halted_since = new Date(Date.now() - ms);
    await database.db
      .withTables<{ run: { id: string; halted_since: Date } }>()
      .updateTable("run")
      .set({ halted_since })
      .where("id", "=", run.id)
      .execute();
    return (await advance(run.id, [])).waitMs;
  };
  expect(await waitAfter(600_000)).toBeGreaterThanOrEqual(600_000);
  expect(await waitAfter(30 * 86_400_000)).toBe(3_600_000);
});

test("once it can be taken further it goes on as if nothing had been", async () => {
  const run = await aRun(database.db);
  await advancing(broken, 5)(run.id, []);
  const next = await advancing(mended, 1)(run.id, []);
  expect(next.start).toMatchObject([{ activity: "http.request" }]);
  expect(await findRun(database.db, run.id)).toMatchObject({ state: "running", halted_since: null, halted_code: null });
});
