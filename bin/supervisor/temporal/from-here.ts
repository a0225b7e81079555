import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { works } from "./kept.js";
import type { Found, SourceContext } from "./source.js";

export async function fromEnvironment({ env }: SourceContext): Promise<Found> {
  const path = env["TEMPORAL_CLI_PATH"];
  if (!path) return { reason: "TEMPORAL_CLI_PATH is not set" };
  if (await works(path)) return { path };
  // Named by a person, so nothing else is quietly put in its place.
  throw new Error(
    `TEMPORAL_CLI_PATH is "${path}", which is not a Temporal CLI that runs here. Correct it, or unset it.`,
  );
}

export async function onPath({ env }: SourceContext): Promise<Found> {
  for (const folder of (env["PATH"] ?? "").split(delimiter).filter(Boolean)) {
    const path = join(folder, "temporal");
    if (existsSync(path) && (await works(path))) return { path };
  }
  return { reason: "no temporal on PATH" };
}
