import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Side } from "./side.js";

/** The V8 CPU profile format (Chrome DevTools Protocol, `Profiler.Profile`). */
interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

export interface Share {
  readonly what: string;
  readonly ms: number;
}

export interface ProcessProfile {
  readonly file: string;
  /** Without idle time. */
  readonly totalMs: number;
  readonly functions: readonly Share[];
  /** By package, or by our own folder. */
  readonly parts: readonly Share[];
}

const OURS = ["api", "worker"];

/** Profiles begin anew: start and warm-up are over. */
export async function restartProfiles(side: Pick<Side, "processes">): Promise<void> {
  for (const { name, pid } of await side.processes()) if (OURS.includes(name)) process.kill(pid, "SIGUSR2");
}

/** Node writes one for each thread, when its process ends. */
export async function readProfiles(folder: string): Promise<ProcessProfile[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".cpuprofile"));
  const profiles = await Promise.all(
    files.map(async (file) => profileOf(file, await readFile(join(folder, file), "utf8"))),
  );
  return profiles.filter(({ totalMs }) => totalMs > 500).sort((a, b) => b.totalMs - a.totalMs);
}

function profileOf(file: string, text: string): ProcessProfile {
  const { nodes, samples, timeDeltas } = JSON.parse(text) as CpuProfile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const [functions, parts] = [new Map<string, number>(), new Map<string, number>()];
  let totalMs = 0;
  for (const [index, sample] of samples.entries()) {
    const frame = frames.get(sample);
    if (!frame || frame.functionName === "(idle)" || frame.functionName === "(program)") continue;
    const ms = (timeDeltas[index] ?? 0) / 1_000;
    totalMs += ms;
    add(functions, nameOf(frame), ms);
    add(parts, partOf(frame), ms);
  }
  return { file, totalMs, functions: ranked(functions), parts: ranked(parts) };
}

const add = (sums: Map<string, number>, what: string, ms: number): void =>
  void sums.set(what, (sums.get(what) ?? 0) + ms);

const ranked = (sums: ReadonlyMap<string, number>): Share[] =>
  [...sums].map(([what, ms]) => ({ what, ms })).sort((a, b) => b.ms - a.ms);

const shortened = (url: string): string =>
  url.replace(/^.*node_modules\//, "").replace(/^file:\/\/.*\/(?=dist\/|server\/|workflows\/|integrations\/)/, "");

const nameOf = ({ functionName, url, lineNumber }: CallFrame): string =>
  `${functionName || "(anonymous)"} ${shortened(url)}:${lineNumber + 1}`;

function partOf({ functionName, url }: CallFrame): string {
  if (url === "") return functionName;
  if (url.includes("node_modules/"))
    return shortened(url)
      .split("/")
      .slice(0, url.includes("node_modules/@") ? 2 : 1)
      .join("/");
  if (url.startsWith("node:")) return "node";
  return shortened(url).split("/").slice(0, 3).join("/");
}

const ROWS = 25;

export function printProfiles(profiles: readonly ProcessProfile[]): void {
  for (const { file, totalMs, functions, parts } of profiles.slice(0, 4)) {
    process.stdout.write(`\n${file}: ${totalMs.toFixed(0)} ms of CPU\n`);
    for (const shares of [parts, functions]) {
      const lines = shares
        .slice(0, ROWS)
        .map(({ what, ms }) => `  ${((ms / totalMs) * 100).toFixed(1).padStart(5)} %  ${what}`);
      process.stdout.write(`${lines.join("\n")}\n\n`);
    }
  }
}
