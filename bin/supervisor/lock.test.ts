import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { liveHolder, takeLock } from "./lock.js";
import type { Inspect } from "./process-table.js";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopwright-lock-"));
  file = join(folder, "supervisor.lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

const processes = (...known: [number, string][]): Inspect => {
  const table = new Map([[process.pid, "me"] as [number, string], ...known]);
  return (pid) => {
    const identity = table.get(pid);
    return identity === undefined ? undefined : { pid, identity, command: "node" };
  };
};
const holder = (pid: number, identity: string, kind = "server") => JSON.stringify({ kind, pid, identity });

describe("the lock of a data folder", () => {
  it("is free at first, and free again after its release", () => {
    const first = takeLock(file, "server", processes());
    expect(first.taken && readFileSync(file, "utf8")).toBe(holder(process.pid, "me"));
    if (first.taken) first.lock.release();
    expect(existsSync(file)).toBe(false);
  });

  it("stays with a holder that runs", () => {
    writeFileSync(file, holder(7, "born at 5", "command"));
    const attempt = takeLock(file, "server", processes([7, "born at 5"]));
    expect(attempt).toEqual({ taken: false, by: { kind: "command", pid: 7, identity: "born at 5" } });
  });

  it.each([
    ["a holder that died", holder(7, "born at 5"), processes()],
    ["a pid that another process has by now", holder(7, "born at 5"), processes([7, "born at 9"])],
    ["half a file", '{"kind":"serv', processes([7, "born at 5"])],
  ])("is taken from %s", (_, text, inspect) => {
    writeFileSync(file, text);
    expect(takeLock(file, "server", inspect).taken).toBe(true);
    expect(readFileSync(file, "utf8")).toBe(holder(process.pid, "me"));
  });

  it("is not removed by a release after somebody else took it", () => {
    const first = takeLock(file, "server", processes());
    writeFileSync(file, holder(7, "born at 5"));
    if (first.taken) first.lock.release();
    expect(existsSync(file)).toBe(true);
  });

  it("is nobody's while there is no file", () => {
    expect(liveHolder(undefined, processes())).toBeUndefined();
  });
});
