import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./run-program.js";
import type { Found } from "./source.js";

/** The newest first: a later version of ours is used although an older one is still there. */
const CACHED_VERSIONS = ["1.9.1", "1.5.1"] as const;
const cachedFile = (cacheDir: string, version: string): string => join(cacheDir, `temporal-${version}`, "temporal");

export function cached(cacheDir: string): Found {
  const path = CACHED_VERSIONS.map((version) => cachedFile(cacheDir, version)).find((file) => existsSync(file));
  return path === undefined ? { reason: `nothing in ${cacheDir}` } : { path };
}

const SCRATCH = "getting-";

/** Work happens beside the cache and is moved in whole, so that two starts never see half a program. */
export async function inScratch(cacheDir: string, work: (scratch: string) => Promise<Found>): Promise<Found> {
  mkdirSync(cacheDir, { recursive: true });
  removeAbandoned(cacheDir);
  const scratch = mkdtempSync(join(cacheDir, SCRATCH));
  try {
    return await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A start that was killed in the midst leaves its scratch folder; none takes an hour. */
function removeAbandoned(cacheDir: string): void {
  const isOld = (path: string) => Date.now() - statSync(path).mtimeMs > 3_600_000;
  const scratches = readdirSync(cacheDir)
    .filter((name) => name.startsWith(SCRATCH))
    .map((name) => join(cacheDir, name));
  for (const path of scratches.filter(isOld)) rmSync(path, { recursive: true, force: true });
}

export async function keep(file: string, cacheDir: string, version: string): Promise<Found> {
  chmodSync(file, 0o755);
  if (!(await works(file))) return { reason: `what came does not run on this machine` };
  const path = cachedFile(cacheDir, version);
  mkdirSync(join(cacheDir, `temporal-${version}`), { recursive: true });
  renameSync(file, path);
  return { path };
}

export async function works(path: string): Promise<boolean> {
  const { ok, stdout } = await runProgram(path, ["--version"], { timeoutMs: 20_000 });
  return ok && /^temporal version/i.test(stdout);
}
