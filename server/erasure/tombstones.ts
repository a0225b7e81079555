import { createHmac, timingSafeEqual } from "node:crypto";
import { open, readFile, type FileHandle } from "node:fs/promises";
import { z } from "zod";
import { canonicalJson } from "../../workflows/flow/canonical-json.js";

/** One line of the file: who was erased, as keyed hashes of random ids, and the same key's word that we wrote it. */
const tombstoneSchema = z.object({
  erasureId: z.uuid(),
  workspaceId: z.uuid(),
  at: z.iso.datetime(),
  /** HMAC-SHA-256 of subject ids, hexadecimal. */
  subjects: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
});
const lineSchema = tombstoneSchema.extend({ mac: z.string().regex(/^[0-9a-f]{64}$/) });
export type Tombstone = z.infer<typeof tombstoneSchema>;

/** What outlives a restore of the database: the file must not be part of its backups. */
export interface Tombstones {
  add(erased: { erasureId: string; workspaceId: string; subjectIds: readonly string[] }): Promise<void>;
  /** Throws on a line that was not written by this installation. One that a crash tore is reported and passed over. */
  all(): Promise<Tombstone[]>;
  nameOf(subjectId: string): string;
}

/** Its writer died in it, before anything was deleted: the erasure that it was of writes another. */
export interface TornLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export function createTombstones(file: string, seed: Buffer, onTorn: (torn: TornLine) => void): Tombstones {
  const hmac = (purpose: string, text: string): string =>
    createHmac("sha256", seed).update(`${purpose}\n${text}`).digest("hex");
  const nameOf = (subjectId: string): string => hmac("subject", subjectId);
  const macOf = (tombstone: Tombstone): string => hmac("line", canonicalJson(tombstone));

  function read(text: string, index: number): Tombstone[] {
    if (text === "") return [];
    const json = parsed(text);
    if (json === undefined) {
      onTorn({ file, line: index + 1 });
      return [];
    }
    const { success, data } = lineSchema.safeParse(json);
    if (!success) throw notOurs(file, index + 1);
    const { mac, ...tombstone } = data;
    if (!timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(tombstone)))) throw notOurs(file, index + 1);
    return [tombstone];
  }

  return {
    nameOf,
    async add({ erasureId, workspaceId, subjectIds }) {
      const tombstone = { erasureId, workspaceId, at: new Date().toISOString(), subjects: subjectIds.map(nameOf) };
      await append(file, JSON.stringify({ ...tombstone, mac: macOf(tombstone) }));
    },
    all: async () => (await contentOf(file)).split("\n").flatMap(read),
  };
}

/** Undefined where it is no JSON, as the beginning of a line of ours never is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const notOurs = (file: string, line: number): Error =>
  new Error(`${file}: line ${line} was not written by this installation, or under another key. Remove it.`);

/** On a line of its own, also after one that was torn. */
async function append(file: string, line: string): Promise<void> {
  const handle = await open(file, "a+", 0o600);
  try {
    await handle.appendFile(`${(await endsInside(handle)) ? "\n" : ""}${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function endsInside(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== "\n";
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
