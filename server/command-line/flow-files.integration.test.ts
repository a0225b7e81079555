import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "../db/database.js";
import { createEmptyDatabase } from "../testing/database.js";
import { failureOf, runCommand } from "./run-command.js";

const dataDir = mkdtempSync(join(tmpdir(), "loopwright-cli-"));
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let open: ReturnType<typeof openDatabase>;
let environment: NodeJS.ProcessEnv = {};

beforeAll(async () => {
  database = await createEmptyDatabase();
  open = openDatabase({ url: database.url, maxConnections: 2, applicationName: "test" });
  environment = { DATABASE_URL: database.url, LOOPWRIGHT_DATA_DIR: dataDir, PORT: "4711" };
});
afterAll(async () => {
  await open.db.destroy();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function command(words: readonly string[]) {
  try {
    return { code: 0, out: await runCommand(words, environment), err: "" };
  } catch (error) {
    const { exitCode, words: err } = failureOf(error);
    return { code: exitCode, out: "", err };
  }
}

it("imports a flow as a draft of nobody's, tells what is called so nowhere here, and exports what it imported", async () => {
  const config = "{action: slack.postMessage@1, connection: Theirs, input: {}}";
  const file = `schema: 1\nflow: By hand\nsteps:\n  a: {type: trigger, at: [0, 0], next: [b]}\n  b: {type: action, at: [320, 0], config: ${config}}\n...\n`;
  const told: string[] = [];
  const io = { readInput: () => Promise.resolve(file), tell: (line: string) => void told.push(line) };
  const address = await runCommand(["flow", "import", "-"], environment, io);
  expect(address).toMatch(/\/flows\/[0-9a-f-]{36}$/);
  expect(told).toEqual(['Step "b": there is no connection "Theirs" here. Choose another one in the step.']);
  const exported = await command(["flow", "export", "By hand"]);
  expect(exported.out).toMatch(/^schema: 1\nflow: By hand\nsteps:\n {2}a:\n {4}type: trigger\n[^]*\n\.\.\.$/);
  expect((await command(["flow", "export", address.split("/").at(-1) ?? ""])).out).toBe(exported.out);
  const { rows } = await sql<{ state: string; by: string | null; told: string }>`
    select state, draft_saved_by as by, (select actor_kind from audit_event
      where target_id = flow.id::text and action = 'flow.created') as told from flow where name = 'By hand'`.execute(
    open.db,
  );
  expect(rows).toEqual([{ state: "draft", by: null, told: "system" }]);
});

it("refuses a flow file with its line, and a name that no flow has", async () => {
  const io = { readInput: () => Promise.resolve("schema: 2\nflow: New\n...\n") };
  await expect(runCommand(["flow", "import", "-"], environment, io)).rejects.toThrow(
    "Line 1, column 9: This file has schema 2, and this Loopwright reads schema 1.",
  );
  const unknown = await command(["flow", "export", "Nothing"]);
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('There is no flow "Nothing"')]);
  expect(await command(["flow", "import", "/nowhere.yaml"])).toMatchObject({ code: 2 });
});
