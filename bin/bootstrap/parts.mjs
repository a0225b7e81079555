import { existsSync } from "node:fs";
import { join } from "node:path";
import { runQuietly } from "./run.mjs";
import { listSources } from "./sources.mjs";
import { transpile } from "./transpile.mjs";

const ALWAYS = ["package-lock.json", "tsconfig.base.json", "bin/bootstrap/parts.mjs", "bin/bootstrap/transpile.mjs"];
const BUNDLER = "workflows/temporal/build-bundle.ts";
const EDITOR_CONFIG = "editor/vite.config.ts";

/**
 * What a build makes, each only when its own sources changed. `after` names a part that must be there first; `exists` says
 * whether the repository has this part at all.
 */
export const PARTS = [
  {
    name: "server",
    label: "building the server",
    sources: (root) => [...ALWAYS, ...listSources(root, ["server", "workflows", "integrations", "bin"])],
    exists: () => true,
    build: transpile,
  },
  {
    name: "bundle",
    label: "bundling the workflows",
    after: "server",
    sources: (root) => [...ALWAYS, ...listSources(root, ["workflows"])],
    exists: (root) => existsSync(join(root, BUNDLER)),
    build: (root) =>
      runQuietly("Bundling the workflows", process.execPath, ["dist/workflows/temporal/build-bundle.js"], {
        cwd: root,
      }),
  },
  {
    name: "editor",
    label: "building the editor",
    sources: (root) => [...ALWAYS, ...listSources(root, ["editor", "workflows/flow"]), ...browserSafe(root)],
    exists: (root) => existsSync(join(root, EDITOR_CONFIG)),
    build: (root) =>
      runQuietly(
        "Building the editor",
        process.execPath,
        ["node_modules/vite/bin/vite.js", "build", "--config", EDITOR_CONFIG, "--logLevel", "warn"],
        { cwd: root, env: { NODE_ENV: "production" } },
      ),
  },
];

/** The request and response schemas, which the editor shares with the server. */
const browserSafe = (root) => listSources(root, ["server"]).filter((file) => file.endsWith("-api.ts"));
