import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isSameProcess } from "../process-table.js";
import { systemHome } from "../postgres/home.js";
import { readProcesses } from "../processes-file.js";
import type { RunningProcess } from "../processes-file.js";
import { sendSignal } from "../end-process.js";
import { waitFor } from "../wait.js";

const SERVER = `
import { createServer } from "node:http";
const { DATABASE_URL, TEMPORAL_ADDRESS, LOOPWRIGHT_SANDBOX, PORT, ROLE, REFUSED_BY } = process.env;
if (ROLE === REFUSED_BY) {
  console.error("The configuration cannot be used:\\nHOST: 0.0.0.0 can be reached.\\n  MAKE=one first");
  process.exit(78);
}
const sandbox = LOOPWRIGHT_SANDBOX === "off" ? { status: "off", detail: "The sandbox is off." } : { status: "ok", detail: null };
const reply = JSON.stringify({ status: "ok", sandbox, DATABASE_URL, TEMPORAL_ADDRESS });
if (ROLE === "api") createServer((_, response) => response.end(reply)).listen(Number(PORT), "127.0.0.1");
else setInterval(() => undefined, 1000);
process.on("SIGTERM", () => process.exit(0));
`;
const SANDBOX = `setInterval(() => undefined, 1000);`;
const CLI = `
const [command] = process.argv.slice(2);
const link = process.env.KNOWN_ADMIN ? "" : "/sign-in/once";
const words = { "sign-in-link": \`http://127.0.0.1:\${process.env.PORT}\${link}\`, database: process.env.DATABASE_URL };
if (words[command] === undefined) process.exit(3);
console.log(words[command]);
`;

export interface Started {
  readonly supervisor: ChildProcess;
  readonly lines: string[];
  /** Resolves at the ready line. */
  readonly ready: () => Promise<void>;
  /** Resolves with the exit code. */
  readonly ended: () => Promise<number | null>;
}

/** The real supervisor with tiny programs in the product's place, on a data folder of its own. */
export interface Installation {
  readonly dataDir: string;
  start(env?: Record<string, string>): Started;
  /** Runs one command of the command line; resolves with its exit code and output. */
  command(...args: string[]): Promise<{ code: number | null; output: string }>;
  processes(): RunningProcess[];
  /** What the fake api was given. */
  apiEnvironment(): Promise<{ DATABASE_URL: string; TEMPORAL_ADDRESS: string }>;
  /** SIGKILLs every process of the last start, the supervisor too. */
  killEverything(started: Started): Promise<void>;
  remove(): void;
}

/** `mode` is that of the folder around the data folder: 0o700 keeps PostgreSQL's user out when root runs the tests. */
export function createInstallation(port: number, mode = 0o711): Installation {
  const folder = mkdtempSync(join(tmpdir(), "loopwright-supervisor-"));
  chmodSync(folder, mode);
  const programs = join(folder, "programs");
  const dataDir = join(folder, "data");
  mkdirSync(programs);
  writeFileSync(join(programs, "server.mjs"), SERVER);
  writeFileSync(join(programs, "sandbox.mjs"), SANDBOX);
  writeFileSync(join(programs, "cli.mjs"), CLI);
  const env = { ...withoutOurs(), PORT: String(port), LOOPWRIGHT_DATA_DIR: dataDir };
  const processes = () => readProcesses(join(dataDir, "processes.json"));
  return {
    dataDir,
    processes,
    start: (more = {}) => startProgram("supervise-fakes.ts", [programs], { ...env, ...more }),
    async command(...args) {
      const started = startProgram("command-fakes.ts", [programs, ...args], env);
      return { code: await started.ended(), output: started.lines.join("\n") };
    },
    async apiEnvironment() {
      const reply = await fetch(`http://127.0.0.1:${port}/`);
      return (await reply.json()) as { DATABASE_URL: string; TEMPORAL_ADDRESS: string };
    },
    async killEverything({ supervisor, ended }) {
      const victims = processes();
      supervisor.kill("SIGKILL");
      for (const { pid } of victims) sendSignal(pid, "SIGKILL");
      await ended();
      await waitFor(() => (victims.some(isAlive) ? undefined : true), { timeoutMs: 60_000 });
    },
    remove() {
      for (const path of [folder, systemHome(dataDir)]) rmSync(path, { recursive: true, force: true });
    },
  };
}

export const isAlive = ({ pid, identity }: RunningProcess): boolean => isSameProcess(pid, identity);

function startProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Started {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const supervisor = spawn(process.execPath, ["--import", "tsx", file, ...args], {
    env,
    detached: true, // a Ctrl-C in the terminal of the tests is not for it
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [supervisor.stdout, supervisor.stderr]) {
    createInterface(stream).on("line", (line) => lines.push(line));
  }
  const exit = once(supervisor, "close") as Promise<[number | null]>;
  return {
    supervisor,
    lines,
    ready: async () => {
      const isReady = () => (lines.some((line) => line.startsWith("Loopwright is ready: ")) ? true : undefined);
      const dead = exit.then(() => undefined);
      const answer = await Promise.race([waitFor(isReady, { timeoutMs: 240_000 }), dead]);
      if (answer === undefined && isReady() === undefined) throw new Error(`never ready:\n${lines.join("\n")}`);
    },
    ended: async () => (await exit)[0],
  };
}

/** The tests' own configuration must not reach the supervisor under test. */
function withoutOurs(): NodeJS.ProcessEnv {
  const ours = ["DATABASE_URL", "TEMPORAL_ADDRESS", "ROLE", "HOST", "LOOPWRIGHT_SANDBOX"];
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.includes(name)));
}
