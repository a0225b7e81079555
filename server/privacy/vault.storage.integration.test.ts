import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
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

test("a key that lapses from memory while another is read is no erased person", async () => {
  const [kept, other] = [await aSubject(), await aSubject()];
  // Before the vault is made: it takes the clock that it finds.
  const clock = vi.spyOn(Date, "now");
  const vault = freshVault();
  const cells = [kept, other].map(({ id }) => ({ subjectId: id, place: `contact.name|${id}`, value: id }));
  const sealed = await freshVault().seal(database.db, cells);
  const asked = cells.map(({ place }, index) => ({ sealed: sealed[index] ?? null, place }));
  await vault.open(database.db, asked.slice(0, 1));
  // The first look finds it kept for a moment more; by the second it is gone.
  const start = Date.now();
  clock.mockReturnValueOnce(start + 29_000).mockReturnValue(start + 31_000);
  try {
    expect(await vault.open(database.db, asked)).toEqual([kept, other].map(({ id }) => ({ erased: false, value: id })));
  } finally {
    clock.mockRestore();
  }
});

test("a workspace's first key that is rolled back is forgotten, though it was asked for twice", async () => {
  const vault = freshVault();
  const workspaceId = randomUUID();
  const blind = (reader: Parameters<typeof vault.blind>[0]) => vault.blind(reader, workspaceId, "jane@example.com");
  const failed = transact(database.db, async (tx) => {
    await blind(tx);
    await blind(tx);
    throw new Error("rolled back");
  });
  await expect(failed).rejects.toThrow("rolled back");
  expect(await blind(database.db)).toEqual(await freshVault().blind(database.db, workspaceId, "jane@example.com"));
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

test("a workspace key is held for at most an hour, and unwrapped again then", async () => {
  const { workspaceId } = await aSubject();
  let unwrapped = 0;
  const counting = { ...kek, unwrap: (...given: Parameters<typeof kek.unwrap>) => (unwrapped++, kek.unwrap(...given)) };
  const start = Date.now();
  const clock = vi.spyOn(Date, "now").mockReturnValue(start);
  const keys = createWorkspaceKeys(counting);
  const { id } = await keys.current(database.db, workspaceId, "subject");
  try {
    for (const [afterMs, times] of [
      [3_590_000, 1],
      [3_610_000, 2],
    ] as const) {
      clock.mockReturnValue(start + afterMs);
      await keys.byId(database.db, id);
      expect([afterMs, unwrapped]).toEqual([afterMs, times]);
    }
  } finally {
    clock.mockRestore();
  }
});
