import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isRecord } from "./files.js";
import type { Programs } from "./roles.js";
import type { SupervisorSettings } from "./settings.js";
import type { Supervised } from "./supervised.js";
import { runProgram } from "./temporal/run-program.js";
import { waitFor } from "./wait.js";

/** A first start migrates and seeds; a slow machine gets this long before we give up. */
const READY_MS = 180_000;
/** So many deaths before the first good answer mean that waiting longer does not help. */
const MAX_DEATHS = 5;

export const localUrl = ({ host, port }: Pick<SupervisorSettings, "host" | "port">): string =>
  `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${port}`;

/** Resolves when the api says that all is well. */
export async function waitUntilReady(url: string, api: Supervised, signal: AbortSignal): Promise<void> {
  let last = "no answer yet";
  const ask = async () => {
    if (api.deaths() >= MAX_DEATHS)
      throw new Error(`The api ended ${MAX_DEATHS} times before it was ready; see above and its log.`);
    last = await health(`${url}/api/health`);
    return last === "ok" ? true : undefined;
  };
  const ready = await waitFor(ask, { everyMs: 150, timeoutMs: READY_MS, signal });
  if (ready === undefined) throw new Error(`The api was not ready after ${READY_MS / 1000} s; its last word: ${last}.`);
}

async function health(url: string): Promise<string> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    const body: unknown = await reply.json();
    const status = isRecord(body) ? String(body["status"]) : "no status";
    return reply.ok && status === "ok" ? "ok" : `HTTP ${reply.status}, status ${status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export interface SignInQuestion {
  readonly settings: SupervisorSettings;
  readonly programs: Programs;
  readonly env: NodeJS.ProcessEnv;
}

/** A fresh one-time sign-in link from the product's own command line. */
export async function signInLink({ settings, programs, env }: SignInQuestion): Promise<string> {
  const cli = resolve(settings.root, programs.cli);
  if (!existsSync(cli)) throw new Error(`The command line ${programs.cli} is missing.`);
  const { ok, stdout, reason } = await runProgram(process.execPath, [cli, "sign-in-link"], { env, timeoutMs: 60_000 });
  const link = stdout.trim().split("\n").at(-1) ?? "";
  if (!ok || !URL.canParse(link)) throw new Error(`No sign-in link could be made: ${reason}`);
  return link;
}
