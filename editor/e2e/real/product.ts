import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePortBlock } from "../../../bin/supervisor/testing/port-block.js";
import { isSameProcess } from "../../../bin/supervisor/process-table.js";
import type { ProcessInfo } from "../../../bin/supervisor/process-table.js";
import { readProcesses } from "../../../bin/supervisor/processes-file.js";
import { processTree } from "./process-tree.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const READY = "Loopwright is ready: ";
const run = promisify(execFile);

/** The product as `npm start` runs it, on a data folder and ports of its own. */
export interface Product {
  readonly url: string;
  readonly sandboxUrl: string;
  /** As the ready line told it; it works once. */
  readonly signInUrl: string;
  /** The product's, then the sandbox's four. */
  readonly ports: readonly number[];
  /** Everything that `npm start` said. */
  readonly output: () => string;
  /** Resolves with what one command of the command line printed. */
  readonly cli: (...args: string[]) => Promise<string>;
  /** Every process of it, from npm down. */
  readonly processes: () => readonly ProcessInfo[];
  /** Ctrl-C, as a terminal sends it: to the whole foreground group. Resolves when npm has ended. */
  readonly pressCtrlC: () => Promise<void>;
  /** Ends what still runs, and forgets the data. */
  readonly remove: () => Promise<void>;
}

/** `host`: what this machine is called in addresses. */
export async function npmStart(host = "127.0.0.1"): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), "loopwright-newcomer-"));
  await chmod(folder, 0o755); // as root, PostgreSQL runs as a user of its own, which must come through here
  const port = await freePortBlock();
  const own = { ...newcomersEnvironment(), PORT: String(port), LOOPWRIGHT_DATA_DIR: join(folder, "data") };
  const url = `http://${host}:${String(port)}`;
  const env = host === "127.0.0.1" ? own : { ...own, PUBLIC_URL: url };
  // A process group of its own: the Ctrl-C is for it alone, not for the tests.
  const npm = spawn("npm", ["start"], { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(npm, "close");
  const remove = async (): Promise<void> => {
    // The tree from npm down, and what a supervisor that died left to nobody.
    const known = [...processTree(npm.pid ?? 0), ...readProcesses(join(folder, "data", "processes.json"))];
    for (const { pid, identity } of known) if (isSameProcess(pid, identity)) process.kill(pid, "SIGKILL");
    if (npm.exitCode === null && npm.signalCode === null) await closed;
    await rm(folder, { recursive: true, force: true });
  };
  const lines: string[] = [];
  try {
    const signInUrl = await readyLine(npm, lines);
    return {
      url,
      sandboxUrl: `http://127.0.0.1:${String(port + 1)}`,
      signInUrl,
      ports: [0, 1, 2, 3, 4].map((offset) => port + offset),
      output: () => lines.join("\n"),
      cli: async (...args) =>
        (await run("npm", ["run", "--silent", "cli", "--", ...args], { cwd: root, env })).stdout.trim(),
      processes: () => processTree(npm.pid ?? 0),
      pressCtrlC: async () => {
        if (npm.pid !== undefined) process.kill(-npm.pid, "SIGINT");
        await closed;
      },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Resolves with the sign-in link; rejects with all that was said when it ends before that. */
function readyLine(npm: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    for (const stream of [npm.stdout, npm.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on("line", (line) => {
        lines.push(line);
        if (line.startsWith(READY)) resolve(line.slice(READY.length));
      });
    }
    npm.once("error", reject);
    npm.once("close", () => reject(new Error(`npm start ended before it was ready:\n${lines.join("\n")}`)));
  });
}

/** Whoever runs the tests may have configured a Loopwright of their own. */
function newcomersEnvironment(): NodeJS.ProcessEnv {
  const settings = ["DATABASE_URL", "TEMPORAL_ADDRESS", "ROLE", "HOST", "PUBLIC_URL", "LOOPWRIGHT_SANDBOX"];
  const others = ["LOOPWRIGHT_KEK", "LOOPWRIGHT_TIMING", "LOG_LEVEL", "NODE_OPTIONS"];
  const known = new Set([...settings, ...others]);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !known.has(name)));
}
