import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { endWithParent } from "./end-with-parent.js";

export const builtFile = (path: string): string => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url));

/** Neither this machine's settings nor those of a product that runs here may reach a product under test. */
export function productEnv(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const foreign = /^(LOOPWRIGHT_|TEMPORAL_|DATABASE_|VITEST|ROLE$|PORT$|HOST$|PUBLIC_URL$)/;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))), ...own };
}

/** A role of the product as a process of its own. */
export interface RoleProcess {
  readonly pid: number;
  /** Everything that it wrote, newest last. */
  readonly output: readonly string[];
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
  send(signal: NodeJS.Signals): void;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
  /** SIGTERM: in good order. */
  stop(): Promise<void>;
}

const READY = { api: "The api listens", worker: "The worker takes work" } as const;

/** Starts the built product in one role; resolves once it says that it is ready. */
export async function startRole(
  role: keyof typeof READY,
  env: NodeJS.ProcessEnv,
  folder: string,
): Promise<RoleProcess> {
  const main = builtFile("server/main.js");
  if (!existsSync(main)) throw new Error("There is no build to test. Run `npm run build` first.");
  const child = spawn(process.execPath, ["--enable-source-maps", main], {
    env: { ...env, ROLE: role },
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.pid === undefined) throw new Error(`the ${role} could not be started`);
  const output: string[] = [];
  const ended = once(child, "exit").then(() => watch.done());
  const watch = endWithParent([child.pid], folder);
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        output.push(line);
        if (line.includes(READY[role])) resolve();
      });
  });
  const failed = ended.then(() => {
    throw new Error(`the ${role} ended before it was ready:\n${output.slice(-20).join("\n")}`);
  });
  await Promise.race([ready, failed]);
  failed.catch(() => undefined); // from now on its end is our doing
  return {
    pid: child.pid,
    output,
    ended,
    send: (signal) => void child.kill(signal),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      child.kill("SIGTERM");
      // A stopped process hears nothing until it goes on.
      child.kill("SIGCONT");
      await ended;
    },
  };
}
