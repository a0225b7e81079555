import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Health } from "./health-api.js";

const fileSchema = z.array(z.looseObject({ role: z.string(), pid: z.number().int() }));

/** The processes that the supervisor keeps, with what each costs; only this one where no supervisor runs. */
export async function readProcesses(
  file: string | null,
  own: { role: string; pid: number },
): Promise<Health["processes"]> {
  const listed = file ? await readList(file) : [];
  const known = listed.length > 0 ? listed : [own];
  return Promise.all(known.map(async ({ role, pid }) => ({ role, pid, memory: await proportionalSetSize(pid) })));
}

async function readList(file: string): Promise<{ role: string; pid: number }[]> {
  const text = await readFile(file, "utf8").catch(() => "[]");
  return fileSchema.parse(JSON.parse(text));
}

/** A share of what is shared, all of what is not, and the children too (PostgreSQL forks one per connection): bytes. */
async function proportionalSetSize(pid: number): Promise<number | null> {
  const own = await pssOf(pid);
  if (own === null) return null;
  const children = await childrenOf(pid);
  const sizes = await Promise.all(children.map(proportionalSetSize));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), own);
}

async function pssOf(pid: number): Promise<number | null> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => null);
  const kilobytes = rollup && /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  return kilobytes ? Number(kilobytes) * 1024 : null;
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return text
    .split(" ")
    .filter((part) => part !== "")
    .map(Number);
}
