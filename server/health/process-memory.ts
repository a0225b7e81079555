import { readFile, readdir } from "node:fs/promises";

/** Proportional set size in bytes of a process and everything below it (PostgreSQL is many); null where the system does not tell. */
export async function memoryOf(pid: number, children: ReadonlyMap<number, readonly number[]>): Promise<number | null> {
  const own = await proportionalSetSize(pid);
  if (own === null) return null;
  const below = await Promise.all((children.get(pid) ?? []).map((child) => memoryOf(child, children)));
  // A child that ended meanwhile holds nothing any more.
  return below.reduce<number>((sum, size) => sum + (size ?? 0), own);
}

/** Linux: shared pages are counted in shares, so that the sizes of all processes add up. */
async function proportionalSetSize(pid: number): Promise<number | null> {
  const text = await read(`/proc/${pid}/smaps_rollup`);
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** Each process's children; empty where there is no /proc. */
export async function processChildren(): Promise<ReadonlyMap<number, readonly number[]>> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const children = new Map<number, number[]>();
  await Promise.all(
    pids.map(async (pid) => {
      const parent = parentIn(await read(`/proc/${pid}/stat`));
      if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), pid]);
    }),
  );
  return children;
}

/** proc(5): the name, in parentheses, may hold anything; after it come the state and the parent's pid. */
export function parentIn(stat: string): number | null {
  const parent = /^\S\s+(\d+)/.exec(stat.slice(stat.lastIndexOf(")") + 2))?.[1];
  return parent === undefined ? null : Number(parent);
}

const read = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");
