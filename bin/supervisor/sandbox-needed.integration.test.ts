import { afterAll, beforeAll, expect, test } from "vitest";
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { hasRealConnection, settleSandbox } from "./sandbox-needed.js";
import { readSettings } from "./settings.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function connect(connector: string, sandbox: boolean): Promise<void> {
  const client = await database.pool.connect();
  // The workspace does not matter here.
  await client.query("set session_replication_role = replica");
  await client.query(
    `insert into connection (id, workspace_id, connector, name, config, secret_inbound, secret_outbound, secrets_set,
       state, account, target, notes, facts, sandbox, created_at)
     values ($1, $2, $3, $3, '{}', '', '', '{}', 'ok', 'a', 't', '[]', '{}', $4, now())`,
    [uuidv7(), uuidv7(), connector, sandbox],
  );
  client.release(true);
}

test("with auto the sandbox runs until a real account of what it plays is connected", async () => {
  const settings = readSettings({}, "/srv/loopwright");
  const modeNow = async () => (await settleSandbox(settings, database.url)).sandbox;
  expect(await modeNow()).toBe("auto");
  await connect("slack", true);
  await connect("http", false);
  expect(await modeNow()).toBe("auto");
  await connect("jira", false);
  expect(await modeNow()).toBe("off");
  const asked = readSettings({ LOOPWRIGHT_SANDBOX: "on" }, "/srv/loopwright");
  expect((await settleSandbox(asked, database.url)).sandbox).toBe("on");
});

test("a database that the product never used has no real account", async () => {
  const empty = await createEmptyDatabase();
  try {
    expect(await hasRealConnection(empty.url)).toBe(false);
  } finally {
    await empty.drop();
  }
});
