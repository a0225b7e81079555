import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { chmod, link, mkdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { idOfKek } from "./held-keys.js";
import type { KekSource } from "./kek-source.js";

/**
 * The key-encryption key in a file of the data folder, 32 bytes as base64, that the first process makes and only its owner may read;
 * and beside it, while it is changed, a file of those before it, one a line. Losing them loses every secret and every personal datum,
 * so they belong in the backup, apart from the database.
 */
export async function keksOfFile(file: string): Promise<KekSource> {
  await mkdir(dirname(file), { recursive: true });
  await makeFile(file);
  return {
    where: previousFile(file),
    // Read when it is needed, which is seldom: the command line changes it while the product runs.
    held: () => [...keysIn(readFileSync(file, "utf8")), ...keysIn(readPrevious(file))],
  };
}

/** From the environment: it changes only when a process starts. */
export const keksOfEnvironment = ({
  current,
  previous,
}: {
  current: string;
  previous: readonly string[];
}): KekSource => {
  const keys = [current, ...previous].map(fromBase64);
  return { where: "LOOPWRIGHT_KEK_PREVIOUS", held: () => keys };
};

/** A new key takes the place of the one in use, which is kept beside it: in that order, so that a crash loses neither. */
export async function replaceKek(file: string): Promise<void> {
  const before = await readFile(file, "utf8");
  await putInPlace(previousFile(file), linesOf([...keysIn(before), ...keysIn(readPrevious(file))]));
  await putInPlace(file, randomBytes(32).toString("base64"));
}

/** Takes one of the previous keys away. */
export async function dropKek(file: string, id: string): Promise<void> {
  const left = keysIn(readPrevious(file)).filter((key) => idOfKek(key) !== id);
  if (left.length > 0) await putInPlace(previousFile(file), linesOf(left));
  else await unlink(previousFile(file));
}

export const previousFile = (file: string): string => `${file}.previous`;

function readPrevious(file: string): string {
  try {
    return readFileSync(previousFile(file), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}

const fromBase64 = (text: string): Buffer => Buffer.from(text, "base64");

const keysIn = (text: string): Buffer[] => text.split(/\s+/).filter(Boolean).map(fromBase64);

const linesOf = (keys: readonly Buffer[]): string =>
  [...new Set(keys.map((key) => key.toString("base64")))].map((line) => `${line}\n`).join("");

/** Whole or not at all. */
async function putInPlace(file: string, text: string): Promise<void> {
  const draft = await writeDraft(file, text);
  await rename(draft, file);
  await chmod(file, 0o600);
}

/** Written whole before it has its name, and named only if nobody was first: api and worker start at once. */
async function makeFile(file: string): Promise<void> {
  const draft = await writeDraft(file, randomBytes(32).toString("base64"));
  await link(draft, file).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  });
  await unlink(draft);
}

async function writeDraft(file: string, text: string): Promise<string> {
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  return draft;
}
