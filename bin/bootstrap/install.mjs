import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runQuietly } from "./run.mjs";

/** Brings node_modules in line with package-lock.json; does nothing when it is already. */
export async function ensureInstalled(root, steps) {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  const stamp = join(root, "node_modules", ".loopwright-stamp");
  const wanted = createHash("sha256").update(lock).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (!agrees(root, JSON.parse(lock))) {
    const [command, args] = npm(["ci", "--no-audit", "--no-fund", "--include=dev"]);
    await steps.step("installing packages (npm ci)", () =>
      runQuietly("Installing packages", command, args, { cwd: root }),
    );
  }
  writeFileSync(stamp, wanted);
}

/** What somebody installed by hand counts: npm notes in node_modules what it put there. Packages for other systems may be missing. */
export function agrees(root, lock) {
  const note = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(note)) return false;
  const installed = JSON.parse(readFileSync(note, "utf8")).packages;
  const wanted = Object.entries(lock.packages).filter(([path]) => path.startsWith("node_modules/"));
  return wanted.every(([path, entry]) => {
    const there = installed[path];
    return there === undefined ? entry.optional === true || entry.peer === true : there.version === entry.version;
  });
}

/** The npm that started us, if one did: it need not be on PATH. */
function npm(args) {
  const own = process.env.npm_execpath;
  if (own !== undefined && /npm(-cli)?\.(c|m)?js$/.test(own)) return [process.execPath, [own, ...args]];
  return [process.platform === "win32" ? "npm.cmd" : "npm", args];
}
