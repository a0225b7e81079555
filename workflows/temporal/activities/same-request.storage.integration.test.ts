import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConnectorError } from "../../../integrations/outcome.js";
import { createTestDatabase, type TestDatabase } from "../../../server/testing/database.js";
import { aFlow, aNode } from "../../flow/testing/a-flow.js";
import { aContext } from "../../flow/testing/a-world.js";
import { createFakePorts } from "../../testing/fake-ports.js";
import { createRemote } from "../../testing/fake-action.js";
import { aRun } from "../../testing/ledger-rows.js";
import { timingSchema } from "../timing.js";
import { createAdvance } from "./advance.js";
import { createPerform } from "./perform.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("every try sends what was rendered when it was planned, whatever the contact is called by then", async () => {
  const url = "https://example.com/{{ contact.name | default: '-' }}";
  const call = aNode("action", "call", { action: "http.request@1", connectionId: null, input: { url } });
  const fake = createFakePorts({ flow: aFlow([call], "start > call") });
  const known = aContext().contact;
  let name = "Ada";
  const ports = {
    ...fake,
    loadContexts: (_reader: unknown, runs: readonly unknown[]) =>
      Promise.resolve(runs.map(() => aContext({ contact: { ...known, name } }))),
  };
  const sent: string[] = [];
  const { action, accepted } = createRemote(({ attempt, accept }) => {
    const done = accept();
    sent.push((accepted.at(-1)?.input as { url: string }).url);
    if (attempt === 1) throw new ConnectorError({ outcome: "TRANSIENT", code: "http_503", message: "busy" });
    return done;
  });
  const timing = { ...timingSchema.parse({ settleMs: 0 }), showState: false, deadlineOf: () => 1_000 };
  const own = { db: database.db, ports, timing };
  const zones = { nextLocalTime: (from: Date) => from };
  const run = await aRun(database.db);
  const { advance } = createAdvance({ ...own, installationId: "test", zones });
  const effectId = (await advance(run.id, [])).start[0]?.effectId ?? "";
  const { perform } = createPerform({ ...own, action: () => action, ratesOf: () => ({}) });
  for (const renamed of ["Eve", "Grace"]) {
    name = renamed;
    await sql`update effect set not_before = null where id = ${effectId}`.execute(database.db);
    await perform(effectId).catch(() => undefined);
    await advance(run.id, []);
  }
  expect(sent).toEqual(["https://example.com/Ada", "https://example.com/Ada"]);
});
