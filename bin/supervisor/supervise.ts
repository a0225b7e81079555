import { REFUSED } from "../../server/refused-configuration.js";
import { openDataFolder } from "./data-folder.js";
import type { DataFolder } from "./data-folder.js";
import { endLeftovers, findLeftovers } from "./leftovers.js";
import { takeLockPatiently } from "./lock-patiently.js";
import { isPortTaken } from "./ports.js";
import { readProcesses, writeProcesses } from "./processes-file.js";
import type { Progress } from "./progress.js";
import { linkHint, localUrl, waitUntilReady, wayIn } from "./ready.js";
import { ownRoles, programEnv, roleSpec, wantedPorts } from "./roles.js";
import type { Programs } from "./roles.js";
import { settleSandbox } from "./sandbox-needed.js";
import { startServers } from "./servers.js";
import type { SupervisorSettings } from "./settings.js";
import { superviseProcess } from "./supervised.js";
import type { Supervised } from "./supervised.js";

export interface SuperviseOptions {
  readonly settings: SupervisorSettings;
  readonly programs: Programs;
  readonly progress: Progress;
  /** Aborted to stop everything. */
  readonly stop: AbortSignal;
}

/** Runs Loopwright until `stop` is aborted; whatever goes wrong, nothing that was started is left behind. */
export async function supervise(options: SuperviseOptions): Promise<void> {
  const { settings, progress, stop } = options;
  const folder = openDataFolder(settings.dataDir);
  const lock = await takeLockPatiently(folder, "server", progress);
  const crew = createCrew(folder);
  const refusal = new AbortController();
  const refused = (why: string) => refusal.abort(new Error(`${REFUSED.words}\n${why}`));
  const ending = AbortSignal.any([stop, refusal.signal]);
  try {
    await start({ ...options, stop: ending, folder, refused }, crew);
    await aborted(ending);
    refusal.signal.throwIfAborted();
  } catch (error) {
    refusal.signal.throwIfAborted();
    if (!stop.aborted) throw error;
  } finally {
    if (crew.size() > 0) await progress.step("stopping", () => crew.stop());
    lock.release();
  }
}

interface Crew {
  readonly add: (supervised: Supervised) => Supervised;
  readonly changed: () => void;
  size(): number;
  stop(): Promise<void>;
}

/** Everything that runs. It stops in the reverse order of need: what writes first, then Temporal, then PostgreSQL. */
function createCrew(folder: DataFolder): Crew {
  const members: Supervised[] = [];
  const running = () => members.flatMap((member) => member.running() ?? []);
  const changed = () => writeProcesses(folder.processes, running());
  const stopWhere = (belongs: (role: string) => boolean) =>
    Promise.all(members.filter(({ role }) => belongs(role)).map((member) => member.stop()));
  return {
    changed,
    size: () => members.length,
    add: (supervised) => {
      members.push(supervised);
      changed();
      return supervised;
    },
    async stop() {
      await stopWhere((role) => role !== "temporal" && role !== "postgres");
      await stopWhere((role) => role === "temporal");
      await stopWhere((role) => role === "postgres");
    },
  };
}

type StartOptions = SuperviseOptions & { readonly folder: DataFolder; readonly refused: (why: string) => void };

async function start(options: StartOptions, crew: Crew): Promise<void> {
  const { programs, progress, stop, folder, refused } = options;
  await clearGround(options);
  const deps = { terminal: progress, changed: crew.changed };
  const { settings: given } = options;
  const servers = await startServers({ ...deps, settings: given, folder, progress, signal: stop, started: crew.add });
  stop.throwIfAborted();
  const settings = await settleSandbox(given, servers.databaseUrl);
  const env = programEnv(settings, folder, servers);
  const members = ownRoles(settings).map((role) =>
    crew.add(superviseProcess(roleSpec(role, { root: settings.root, programs, folder, env }), { ...deps, refused })),
  );
  const api = members.find(({ role }) => role === "api");
  if (api === undefined) {
    progress.line("Loopwright is ready: this process works, and answers no requests (ROLE=worker).");
    return;
  }
  const notices = await progress.step("starting the product", () => waitUntilReady(localUrl(settings), api, stop));
  const way = await wayIn({ settings, programs, env });
  for (const notice of [...notices, ...linkHint(way)]) progress.line(notice);
  progress.line(`Loopwright is ready: ${way}`);
}

/** Ends what an earlier start left, then makes sure that nobody else has our ports. */
async function clearGround({ settings, programs, progress, folder }: StartOptions): Promise<void> {
  const marks: Record<string, string> = { temporal: folder.temporalDatabase, sandbox: programs.sandbox };
  const isOurs = (role: string, command: string) => command.includes(marks[role] ?? programs.server);
  const leftovers = findLeftovers(readProcesses(folder.processes), isOurs);
  if (leftovers.length > 0) {
    const names = leftovers.map(({ role, pid }) => `${role} ${pid}`).join(", ");
    await progress.step(`ending what the last start left (${names})`, () => endLeftovers(leftovers));
  }
  for (const { port, by } of wantedPorts(settings)) {
    if (!(await isPortTaken(port, settings.host))) continue;
    throw new Error(
      `Port ${port} is in use by another program; ${by} needs it. End that program, or choose another PORT.`,
    );
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
