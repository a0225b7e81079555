import type { Side } from "./side.js";
import { cpuMsOfTree, pssMbOfTree } from "./usage.js";

export interface Spent<Result> {
  readonly result: Result;
  /** By process, for each of `count`. */
  readonly cpuMsEach: Readonly<Record<string, number>>;
}

type Observed = Pick<Side, "processes">;

/** What each process of a side spends on a piece of work. */
export async function spending<Result>(
  side: Observed,
  count: number,
  work: () => Promise<Result>,
): Promise<Spent<Result>> {
  const processes = await side.processes();
  const read = (): Promise<number[]> => Promise.all(processes.map(({ pid }) => cpuMsOfTree(pid)));
  const before = await read();
  const result = await work();
  const after = await read();
  const each = processes.map(({ name }, index): [string, number] => [
    name,
    ((after[index] ?? 0) - (before[index] ?? 0)) / count,
  ]);
  return { result, cpuMsEach: Object.fromEntries(each) };
}

/** Megabytes (PSS) by process. */
export async function memoryOf(side: Observed): Promise<Readonly<Record<string, number>>> {
  const processes = await side.processes();
  const each = processes.map(async ({ name, pid }): Promise<[string, number]> => [name, await pssMbOfTree(pid)]);
  return Object.fromEntries(await Promise.all(each));
}

export const total = (byProcess: Readonly<Record<string, number>>, names?: readonly string[]): number =>
  Object.entries(byProcess).reduce((sum, [name, amount]) => (names?.includes(name) === false ? sum : sum + amount), 0);

export const inWords = (byProcess: Readonly<Record<string, number>>, digits = 2): string =>
  Object.entries(byProcess)
    .map(([name, amount]) => `${name} ${amount.toFixed(digits)}`)
    .join(", ");
