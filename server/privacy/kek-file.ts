import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * The 32 bytes of the key-encryption key: from the environment, else from a file in the data folder that the first process makes
 * and only its owner may read. Losing it loses every secret and every personal datum, so it belongs in the backup, apart from the database.
 */
export async function readKekSecret({ given, file }: { given: string | null; file: string }): Promise<Buffer> {
  if (given !== null) return Buffer.from(given, "base64");
  await mkdir(dirname(file), { recursive: true });
  await makeFile(file);
  return Buffer.from(await readFile(file, "utf8"), "base64");
}

/** Written whole before it has its name, and named only if nobody was first: api and worker start at once. */
async function makeFile(file: string): Promise<void> {
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  await writeFile(draft, randomBytes(32).toString("base64"), { mode: 0o600, flush: true });
  await link(draft, file).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  });
  await unlink(draft);
}
