import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuilt } from "../bootstrap/build.mjs";
import { createSteps } from "../bootstrap/steps.mjs";
import { builtCodeProblems } from "./built-code-problems.js";
import { findDynamicCode } from "./dynamic-code.js";
import { pageSizeProblems, pageSizes, pageSizeWords } from "./page-sizes.js";
import { report } from "./report.js";

/** Part of `npm run check`: nothing that is delivered makes code out of text, and pages stay light. Builds what changed, to look at what would run. */
const root = fileURLToPath(new URL("../..", import.meta.url));
await ensureBuilt(
  root,
  createSteps(() => undefined),
);

const dist = join(root, "dist");
const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) => /\.[cm]?js$/.test(file));
const sizes = pageSizes(join(dist, "editor"));
for (const size of sizes) console.log(pageSizeWords(size));
report([
  ...builtCodeProblems(
    files.flatMap((file) => findDynamicCode(readFileSync(join(dist, file), "utf8")).map((one) => ({ file, ...one }))),
  ),
  ...pageSizeProblems(sizes),
]);
