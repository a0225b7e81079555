import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listSources } from "./sources.mjs";

const LIST = "dist/.files.json";
const SCRIPT = /(?<!\.d)\.ts$/;

/**
 * Turns the server's TypeScript into dist, one file each. esbuild only strips types (0.4 s where the compiler takes 15): types are
 * checked by `npm run check`, and isolatedModules guarantees that both write the same program. Other files are copied beside it.
 */
export async function transpile(root) {
  const files = listSources(root, ["server", "workflows", "integrations", "bin"]).filter(
    (file) => !/\.m[jt]s$/.test(file),
  );
  const scripts = files.filter((file) => SCRIPT.test(file));
  const { build, stop } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: scripts,
    outbase: root,
    outdir: join(root, "dist"),
    format: "esm",
    platform: "node",
    target: "node20",
    charset: "utf8",
    sourcemap: true,
    logLevel: "error",
  });
  await stop(); // its service would stay for as long as we do
  const assets = files.filter((file) => !scripts.includes(file) && !file.endsWith(".d.ts"));
  for (const asset of assets) copyAsset(root, asset);
  removeStale(root, [...scripts.map((file) => file.replace(SCRIPT, ".js")), ...assets]);
}

function copyAsset(root, file) {
  const target = join(root, "dist", file);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, file), target);
}

/** What an earlier build made of files that are gone would still be found by an import. */
function removeStale(root, made) {
  const list = join(root, LIST);
  const before = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : [];
  const current = new Set(made);
  for (const file of before) if (!current.has(file)) rmSync(join(root, "dist", file), { force: true });
  writeFileSync(list, JSON.stringify(made));
}
