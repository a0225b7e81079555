import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { REFUSED } from "../../server/refused-configuration.js";
import { nextDelay } from "./backoff.js";
import { endProcess } from "./end-process.js";
import type { EndOptions } from "./end-process.js";
import { lastWords, logEnd, openLog, rotateLarge, wordsAfter } from "./logs.js";
import { inspectProcess, isSameProcess } from "./process-table.js";
import type { RunningProcess } from "./processes-file.js";
import type { Terminal } from "./progress.js";

/** How to run one process for as long as the server runs. */
export interface ProcessSpec {
  readonly role: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly logFile: string;
  readonly end: EndOptions;
  /** Runs before each start, for what a dead predecessor may have left. */
  readonly prepare?: () => Promise<void>;
}

export interface Supervised {
  readonly role: string;
  running(): RunningProcess | undefined;
  /** How often it died without being told to. */
  deaths(): number;
  stop(): Promise<void>;
}

export interface SuperviseDeps {
  readonly terminal: Terminal;
  /** Called after each start and each end. */
  readonly changed: () => void;
  /** Told why instead of starting it again, where the process refuses its configuration the first time it runs. */
  readonly refused?: (why: string) => void;
}

/** Starts a process, or takes over a running one, and starts it again whenever it dies, until it is stopped. */
export function superviseProcess(spec: ProcessSpec, deps: SuperviseDeps, adopted?: RunningProcess): Supervised {
  const stopping = new AbortController();
  let current = adopted;
  let deaths = 0;
  const set = (process: RunningProcess | undefined) => {
    current = process;
    deps.changed();
  };

  const loop = async () => {
    let delayMs = 0;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const { reason, refusal } = await (current === undefined
        ? runOnce(spec, stopping.signal, set)
        : watch(current, stopping.signal));
      set(undefined);
      if (isAborted(stopping.signal)) return;
      // One that was good once comes back when what is missing does.
      if (refusal !== undefined && deaths === 0 && deps.refused) {
        deps.refused(refusal);
        return;
      }
      deaths += 1;
      delayMs = nextDelay(delayMs, performance.now() - startedAt);
      deps.terminal.line(
        `${spec.role} ended (${reason}); starting it again in ${delayMs / 1000} s. Its log: ${spec.logFile}`,
      );
      await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  if (adopted !== undefined) deps.changed();
  const done = loop();

  return {
    role: spec.role,
    running: () => current,
    deaths: () => deaths,
    async stop() {
      stopping.abort();
      if (current !== undefined) await endProcess(current, spec.end);
      await done;
    },
  };
}

const WATCH_MS = 500;

interface Ended {
  readonly reason: string;
  /** Why it refused its configuration, in its own words. */
  readonly refusal?: string | undefined;
}

/** Resolves with the reason when a process that is not our child ends. */
async function watch(target: RunningProcess, signal: AbortSignal): Promise<Ended> {
  while (isSameProcess(target.pid, target.identity)) {
    if (signal.aborted) return { reason: "stopping" };
    await sleep(WATCH_MS, undefined, { signal }).catch(() => undefined);
  }
  return { reason: "found gone" };
}

async function runOnce(
  spec: ProcessSpec,
  signal: AbortSignal,
  started: (process: RunningProcess) => void,
): Promise<Ended> {
  try {
    await spec.prepare?.();
    if (isAborted(signal)) return { reason: "stopping" };
    rotateLarge(spec.logFile);
    const logFrom = logEnd(spec.logFile);
    const child = spawnProcess(spec);
    const ended = endOf(child);
    const running = describe(spec.role, child);
    if (running !== undefined) started(running);
    const reason = await ended;
    if (child.exitCode === REFUSED.exitCode)
      return { reason, refusal: wordsAfter(spec.logFile, logFrom, REFUSED.words) };
    const words = lastWords(spec.logFile, logFrom);
    return { reason: words === "" ? reason : `${reason}; its last words: ${words}` };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Behind a function, so that the compiler does not believe a check made before an await. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** In a session of its own: Ctrl-C in the terminal must reach the supervisor only, which ends the processes in order. */
export function spawnProcess(spec: Omit<ProcessSpec, "role" | "end" | "prepare">): ChildProcess {
  const log = openLog(spec.logFile);
  try {
    return spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      uid: spec.uid,
      gid: spec.gid,
      detached: true,
      stdio: ["ignore", log, log],
    });
  } finally {
    closeSync(log);
  }
}

export function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`cannot start: ${error.message}`));
    child.once("exit", (code, signal) =>
      resolve(signal === null ? `exit code ${code ?? "unknown"}` : `signal ${signal}`),
    );
  });
}

export function describe(role: string, child: ChildProcess): RunningProcess | undefined {
  if (child.pid === undefined) return undefined;
  const identity = inspectProcess(child.pid)?.identity;
  return identity === undefined ? undefined : { role, pid: child.pid, startedAt: new Date().toISOString(), identity };
}
