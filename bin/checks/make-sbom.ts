import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lockSchema, manifestSchema, type Lock, type Manifest } from "./lock.js";
import { bomSchema, deliveredBom, type Bom } from "./sbom.js";

const read = (root: string, name: string): unknown => JSON.parse(readFileSync(join(root, name), "utf8"));

export const readLock = (root: string): Lock => lockSchema.parse(read(root, "package-lock.json"));
export const readManifest = (root: string): Manifest => manifestSchema.parse(read(root, "package.json"));

const SBOM = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
const LARGEST = 64 * 1024 * 1024;

/** From the lock alone: the same everywhere, without asking anybody. */
export function makeSbom(root: string): Bom {
  const [command, args] = npm();
  const text = execFileSync(command, [...args, ...SBOM], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: LARGEST,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return deliveredBom(bomSchema.parse(JSON.parse(text)), readLock(root), readManifest(root));
}

/** The npm that started us, if one did: it need not be on PATH. */
function npm(): [command: string, args: string[]] {
  const own = process.env["npm_execpath"];
  if (own !== undefined && /npm(-cli)?\.(c|m)?js$/.test(own)) return [process.execPath, [own]];
  return [process.platform === "win32" ? "npm.cmd" : "npm", []];
}
