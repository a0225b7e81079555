import { createHmac, timingSafeEqual } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
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
  /** Throws on a line that was not written by this installation. */
  all(): Promise<Tombstone[]>;
  nameOf(subjectId: string): string;
}

export function createTombstones(file: string, seed: Buffer): Tombstones {
  const hmac = (purpose: string, text: string): string =>
    createHmac("sha256", seed).update(`${purpose}\n${text}`).digest("hex");
  const nameOf = (subjectId: string): string => hmac("subject", subjectId);
  const macOf = (tombstone: Tombstone): string => hmac("line", canonicalJson(tombstone));

  function read(line: string, index: number): Tombstone {
    const { mac, ...tombstone } = lineSchema.parse(JSON.parse(line));
    if (timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(tombstone)))) return tombstone;
    throw new Error(
      `${file}: line ${index + 1} was not written by this installation, or under another key. Remove it.`,
    );
  }

  return {
    nameOf,
    async add({ erasureId, workspaceId, subjectIds }) {
      const tombstone = { erasureId, workspaceId, at: new Date().toISOString(), subjects: subjectIds.map(nameOf) };
      const line = JSON.stringify({ ...tombstone, mac: macOf(tombstone) });
      await appendFile(file, `${line}\n`, { mode: 0o600, flush: true });
    },
    all: async () =>
      (await contentOf(file))
        .split("\n")
        .filter((line) => line !== "")
        .map(read),
  };
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
