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

/** Resolves when the api says that all is well, with what a person should know all the same. */
export async function waitUntilReady(url: string, api: Supervised, signal: AbortSignal): Promise<readonly string[]> {
  let last = "no answer yet";
  const ask = async () => {
    if (api.deaths() >= MAX_DEATHS)
      throw new Error(`The api ended ${MAX_DEATHS} times before it was ready; see above and its log.`);
    const answer = await health(`${url}/api/health`);
    last = answer.problem ?? last;
    return answer.problem === null ? answer.notices : undefined;
  };
  const ready = await waitFor(ask, { everyMs: 150, timeoutMs: READY_MS, signal });
  if (ready === undefined) throw new Error(`The api was not ready after ${READY_MS / 1000} s; its last word: ${last}`);
  return ready;
}

interface Answer {
  readonly problem: string | null;
  readonly notices: readonly string[];
}

async function health(url: string): Promise<Answer> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    return readHealth(reply.status, await reply.json());
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), notices: [] };
  }
}

/** What the api's health says: what keeps it from being ready, or what is only worth a line. */
export function readHealth(status: number, body: unknown): Answer {
  const parts = isRecord(body) ? Object.values(body).filter(isRecord) : [];
  const told = parts.flatMap((part) =>
    part["status"] !== "ok" && typeof part["detail"] === "string" ? [part["detail"]] : [],
  );
  const word = isRecord(body) ? String(body["status"]) : "no status";
  // What a person holds back (effects after a restore) is no reason to keep that person out.
  const isHeldOnly = word === "degraded" && told.length > 0 && !parts.some((part) => part["status"] === "down");
  if (status === 200 && (word === "ok" || isHeldOnly)) return { problem: null, notices: told };
  return { problem: [`HTTP ${status}, status ${word}.`, ...told].join(" "), notices: [] };
}

export interface SignInQuestion {
  readonly settings: SupervisorSettings;
  readonly programs: Programs;
  readonly env: NodeJS.ProcessEnv;
}

/** From the product's own command line: a fresh one-time sign-in link, or the address alone once an admin can sign in by themselves. */
export async function wayIn({ settings, programs, env }: SignInQuestion): Promise<string> {
  const cli = resolve(settings.root, programs.cli);
  if (!existsSync(cli)) throw new Error(`The command line ${programs.cli} is missing.`);
  const { ok, stdout, reason } = await runProgram(process.execPath, [cli, "sign-in-link", "--if-needed"], {
    env,
    timeoutMs: 60_000,
  });
  const link = stdout.trim().split("\n").at(-1) ?? "";
  if (!ok || !URL.canParse(link)) throw new Error(`No sign-in link could be made: ${reason}`);
  return link;
}

/** What to say before an address that signs nobody in. */
export const linkHint = (way: string): readonly string[] =>
  way.includes("/sign-in")
    ? []
    : ["Sign in as you do. Who cannot gets a link for the first admin by: npm run --silent cli -- sign-in-link"];
