import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const HOUR_MS = 3_600_000;

/** What a person is told: "could not be installed: why". */
export class PeerUnavailable extends Error {
  override readonly name = "PeerUnavailable";
}

export interface Peer {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
  /** The Node it runs on, and is installed with; else this one. */
  readonly node?: string;
  /** What install scripts would have done: they never run. */
  readonly build?: (folder: string) => Promise<void>;
}

/**
 * The folder that holds the peer's node_modules, in the user's cache; filled once, and reused while what is wanted stays the same.
 * @throws PeerUnavailable when it cannot be installed or built here.
 */
export async function installPeer(peer: Peer): Promise<string> {
  const { name, version, dependencies, overrides = {}, build } = peer;
  const folder = join(cacheFolder(), `${name}@${version}`);
  const marker = join(folder, "installed.json");
  const wanted = `${JSON.stringify({ private: true, dependencies, overrides }, null, 2)}\n`;
  if ((await readFile(marker, "utf8").catch(() => "")) === wanted) return folder;
  process.stderr.write(`Installing ${name} ${version} in ${folder} (once)\n`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), wanted);
    await npmInstall(folder, peer.node);
    await build?.(folder);
    await writeFile(marker, wanted);
    return folder;
  } catch (error) {
    throw new PeerUnavailable(`${name} ${version} could not be installed: ${reasonOf(error)}`, { cause: error });
  }
}

const cacheFolder = (): string => join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "loopwright-bench");

/** npm is a script that takes the first `node` of the path. */
async function npmInstall(folder: string, node = process.execPath): Promise<void> {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}` };
  const options = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  await runIn(folder, ["npm", "install", "--prefix", folder, ...options], env);
}

/** A command in a folder; rejects with what it said last. */
export async function runIn(
  folder: string,
  [command = "", ...args]: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  await run(command, args, { cwd: folder, env, timeout: HOUR_MS, maxBuffer: 2 ** 28 });
}

const LINES = 4;

/** The first lines that npm or the compiler calls errors: what follows them are circumstances. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = "stderr" in error && typeof error.stderr === "string" ? error.stderr.split("\n") : [];
  const errors = said.filter((line) => /\b(ERR!|error)/i.test(line)).slice(0, LINES);
  return errors.length === 0 ? error.message : errors.join("; ");
}

/** The version that a package in the folder really has. */
export async function versionOf(folder: string, name: string): Promise<string> {
  const text = await readFile(join(folder, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
