import { randomBytes, randomUUID } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { createTombstones, type TornLine } from "./tombstones.js";

const seed = randomBytes(32);
let file: string;
let torn: TornLine[];

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), "tombstones-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  file = join(folder, "erased.jsonl");
  torn = [];
});

const tombstones = (under = seed) => createTombstones(file, under, (line) => torn.push(line));
const aPerson = () => ({ erasureId: randomUUID(), workspaceId: randomUUID(), subjectIds: [randomUUID()] });
const known = async () => (await tombstones().all()).map(({ erasureId }) => erasureId);

it("who was erased is known again by the hash of their subject, and stands in the file by nothing else", async () => {
  const [one, other] = [aPerson(), aPerson()];
  expect(await known()).toEqual([]);
  for (const person of [one, other]) await tombstones().add(person);
  expect(await tombstones().all()).toMatchObject([
    { erasureId: one.erasureId, subjects: one.subjectIds.map((id) => tombstones().nameOf(id)) },
    { erasureId: other.erasureId },
  ]);
  expect(await readFile(file, "utf8")).not.toContain(one.subjectIds[0]);
});

it("a line that a crash tore takes nothing with it: the next is on its own, and the torn one is reported and passed over", async () => {
  const [one, other] = [aPerson(), aPerson()];
  await tombstones().add(one);
  await appendFile(file, (await readFile(file, "utf8")).slice(0, 100));
  await tombstones().add(other);
  expect(await known()).toEqual([one.erasureId, other.erasureId]);
  expect(torn).toEqual([{ file, line: 2 }]);
});

it("an empty line counts, so that the number is the one that an editor shows", async () => {
  await writeFile(file, "\n\n{\n");
  expect(await known()).toEqual([]);
  expect(torn).toEqual([{ file, line: 3 }]);
});

it.each([
  ["under another key", () => tombstones(randomBytes(32)).add(aPerson())],
  ["with no word of ours", () => appendFile(file, "{}\n")],
  [
    "and changed since",
    async () => {
      await tombstones().add(aPerson());
      const [first, second] = (await readFile(file, "utf8")).split("\n");
      const { workspaceId } = JSON.parse(second!) as { workspaceId: string };
      await writeFile(file, `${first}\n${second!.replace(workspaceId, randomUUID())}\n`);
    },
  ],
])("a line that was written %s stops all, and is named", async (_, write) => {
  await tombstones().add(aPerson());
  await write();
  await expect(tombstones().all()).rejects.toThrow(`${file}: line 2 `);
});
