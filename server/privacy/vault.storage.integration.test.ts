import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { createKek } from "./kek.js";
import { createVault } from "./vault.js";
import { createWorkspaceKeys } from "./workspace-keys.js";

let database: TestDatabase;
const kek = createKek(randomBytes(32), ["workspace-key"]);
const freshVault = () => createVault(createWorkspaceKeys(kek));

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function aSubject(vault = freshVault(), workspaceId = randomUUID()) {
  const id = randomUUID();
  await transact(database.db, (tx) => vault.createSubjects(tx, [{ id, workspaceId, kind: "contact" }]));
  return { id, workspaceId };
}

test("what one process sealed another opens, through the stored keys", async () => {
  const subject = await aSubject();
  const [cell = null] = await freshVault().seal(database.db, [
    { subjectId: subject.id, place: "contact.name|1", value: "Jane" },
  ]);
  expect(await freshVault().open(database.db, [{ sealed: cell, place: "contact.name|1" }])).toEqual([
    { erased: false, value: "Jane" },
  ]);
});

test("once a subject's key is gone nothing of it opens, whatever backups of cells exist, and nothing can be sealed", async () => {
  const subject = await aSubject();
  const [cell = null] = await freshVault().seal(database.db, [
    { subjectId: subject.id, place: "contact.name|1", value: "Jane" },
  ]);
  await sql`delete from subject_key where subject_id = ${subject.id}`.execute(database.db);
  const vault = freshVault();
  expect(await vault.open(database.db, [{ sealed: cell, place: "contact.name|1" }])).toEqual([{ erased: true }]);
  expect(await vault.seal(database.db, [{ subjectId: subject.id, place: "contact.name|1", value: "x" }])).toEqual([
    null,
  ]);
});

test("keys in the database are wrapped: none of them opens a cell by itself", async () => {
  const subject = await aSubject();
  const { rows } = await sql<{
    wrapped: Buffer;
  }>`select wrapped from subject_key where subject_id = ${subject.id}`.execute(database.db);
  expect(rows[0]?.wrapped.length).toBe(12 + 32 + 16);
});

test("equal values are blinded equally within a workspace and differently between workspaces", async () => {
  const vault = freshVault();
  const [first, second] = [randomUUID(), randomUUID()];
  const blind = (workspaceId: string, value: string) => vault.blind(database.db, workspaceId, value);
  expect(await blind(first, "email|jane@example.com")).toEqual(
    await freshVault().blind(database.db, first, "email|jane@example.com"),
  );
  expect(await blind(first, "email|jane@example.com")).not.toEqual(await blind(second, "email|jane@example.com"));
});

test("two processes that make a workspace's first key at once agree on one", async () => {
  const workspaceId = randomUUID();
  const keys = await Promise.all(
    Array.from({ length: 8 }, () => createWorkspaceKeys(kek).current(database.db, workspaceId, "subject")),
  );
  expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
});

test("a process with another key-encryption key reads nothing", async () => {
  const subject = await aSubject();
  const stranger = createVault(createWorkspaceKeys(createKek(randomBytes(32), ["workspace-key"])));
  await expect(stranger.seal(database.db, [{ subjectId: subject.id, place: "p", value: 1 }])).rejects.toThrow(
    "was written under the key",
  );
});
