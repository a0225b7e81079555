import { spawn } from "node:child_process";

export interface ProgramResult {
  readonly ok: boolean;
  readonly stdout: string;
  /** The last line it wrote to standard error, or why it could not start. */
  readonly reason: string;
}

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program to its end; never throws. */
export function runProgram(command: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      signal: options.signal,
      timeout: options.timeoutMs,
      killSignal: "SIGKILL",
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
    child.once("error", (error) => resolve({ ok: false, stdout: "", reason: error.message }));
    child.once("close", (code, signal) => {
      const lastLine = output.stderr.trim().split("\n").at(-1) ?? "";
      const timedOut = signal === "SIGKILL" ? `no end after ${options.timeoutMs / 1000} s` : "";
      resolve({
        ok: code === 0,
        stdout: output.stdout,
        reason: timedOut || lastLine || `exit code ${code ?? "unknown"}`,
      });
    });
  });
}
