import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { createSteps } from "./steps.mjs";

/** Installs and builds what is missing or old. Nothing here needs an installed package to begin with. */
export async function prepare(root, write = (text) => process.stdout.write(text)) {
  const steps = createSteps(write);
  await ensureInstalled(root, steps);
  await ensureBuilt(root, steps);
  return steps;
}

/** The command line runs an existing build as it is: it is called often, and must not rebuild under a running server. */
export async function prepareIfMissing(root, write) {
  const built =
    existsSync(join(root, "dist", ".stamp")) &&
    "server" in JSON.parse(readFileSync(join(root, "dist", ".stamp"), "utf8"));
  if (!built || !existsSync(join(root, "node_modules"))) await prepare(root, write);
}
