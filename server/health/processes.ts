import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Health } from "./health-api.js";

const fileSchema = z.array(z.object({ role: z.string(), pid: z.number().int() }));
type Listed = z.infer<typeof fileSchema>;

/** The processes that the supervisor keeps, with what each costs; only this one where no supervisor runs. */
export async function readProcesses(
  file: string | null,
  own: { readonly role: string; readonly pid: number },
): Promise<Health["processes"]> {
  const listed = file === null ? [] : await readList(file);
  const known = listed.length > 0 ? listed : [own];
  return Promise.all(known.map(async ({ role, pid }) => ({ role, pid, memory: await memoryOf(pid) })));
}

/** The supervisor replaces the file whole; what it cannot be read as counts as not listed. */
async function readList(file: string): Promise<Listed> {
  const text = await readFile(file, "utf8").catch(() => "[]");
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/**
 * Proportional set size in bytes: shared pages count in shares, so that the sizes of all processes add up. Children count too
 * (PostgreSQL forks one a connection). Null where the system does not tell.
 */
async function memoryOf(pid: number): Promise<number | null> {
  const own = await proportionalSetSize(pid);
  if (own === null) return null;
  const below = await Promise.all((await childrenOf(pid)).map(memoryOf));
  // A child that ended meanwhile holds nothing any more.
  return below.reduce<number>((sum, size) => sum + (size ?? 0), own);
}

async function proportionalSetSize(pid: number): Promise<number | null> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return (text.match(/\d+/g) ?? []).map(Number);
}
