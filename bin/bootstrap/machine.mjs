import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { capture } from "./run.mjs";

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const POSTGRES_ROOT = "/usr/lib/postgresql";

/** The browser that the tests drive: the one named, or one on PATH. */
export function findChromium(env = process.env) {
  if (env.LOOPWRIGHT_CHROMIUM) return env.LOOPWRIGHT_CHROMIUM;
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

export function hasDebianPostgres(root = POSTGRES_ROOT) {
  return existsSync(root) && readdirSync(root).some((major) => existsSync(join(root, major, "bin", "initdb")));
}

/** What the tests need of the machine and is missing, as Debian packages. */
export function missingPackages() {
  return [...(findChromium() === undefined ? ["chromium"] : []), ...(hasDebianPostgres() ? [] : ["postgresql"])];
}

/** Installs Debian packages where we may (as root, with apt); otherwise, or when it fails, resolves with the reason. */
export async function installPackages(packages, steps) {
  if (packages.length === 0) return undefined;
  const may = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (!may) return "installing it needs root and apt-get";
  return steps.step(`installing ${packages.join(" and ")} (apt-get)`, async () => {
    // RUNLEVEL=1: PostgreSQL's programs are wanted, not a server of Debian's own.
    const env = { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    await capture("apt-get", ["update", "-qq"], { env });
    const { code, output } = await capture(
      "apt-get",
      ["install", "-y", "-qq", "--no-install-recommends", ...packages],
      { env },
    );
    return code === 0 ? undefined : `apt-get failed: ${output.trim().split("\n").at(-1)}`;
  });
}
