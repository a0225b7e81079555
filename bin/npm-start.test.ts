import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, it } from "vitest";

/** Stands in for bin/start.mjs; ends in order, which takes it a turn, as the supervisor does. */
const PROGRAM = `
setInterval(() => undefined, 1000);
process.on("SIGTERM", () => setImmediate(() => process.exit(0)));
console.log("ready " + process.pid);
`;

let folder: string;
let npm: ChildProcess | undefined;
let program: number | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopwright-npm-start-"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "start.mjs"), PROGRAM);
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { start: string } };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: { start: scripts.start } }));
});
afterEach(() => {
  npm?.kill("SIGKILL");
  if (program !== undefined && isAlive(program)) process.kill(program, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

it("ends in order what npm started when npm alone is asked to end, and npm waits for it", async () => {
  npm = spawn("npm", ["start"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(npm, "exit");
  program = await pidOfProgram(npm);
  npm.kill("SIGTERM");
  await ended;
  expect(isAlive(program)).toBe(false);
});

async function pidOfProgram({ stdout }: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: stdout! }))
    if (line.startsWith("ready ")) return Number(line.slice("ready ".length));
  throw new Error("npm started nothing");
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
