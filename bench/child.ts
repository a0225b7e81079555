import { spawn, type ChildProcess } from "node:child_process";

export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  stop(): Promise<void>;
}

interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Shown when it dies before it is ready. */
  readonly name: string;
}

/** A process and everything it starts, ended together. */
export function startChild(command: string, args: readonly string[], { env, cwd, name }: ChildOptions): Child {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.stderr.on(
    "data",
    (chunk: Buffer) => process.env["BENCH_VERBOSE"] && process.stderr.write(`[${name}] ${chunk.toString()}`),
  );
  return {
    process: child,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode === null && child.pid) child.kill("SIGTERM");
      const timer = setTimeout(() => child.pid && process.kill(-child.pid, "SIGKILL"), 20_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The first line of its output that the pattern matches; rejects when it ends first. */
export function lineOf(child: Child, pattern: RegExp, timeoutMs = 120_000): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`not ready in ${timeoutMs} ms; it said:\n${text}`)), timeoutMs);
    child.process.once("exit", (code) =>
      reject(new Error(`ended with ${code} before it was ready; it said:\n${text}`)),
    );
    child.process.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = pattern.exec(text);
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
}
