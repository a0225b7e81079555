import { spawn } from "node:child_process";
import { once } from "node:events";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { inspectProcess, isSameProcess, parseProcStat, processesIn } from "./process-table.js";

describe("the process table", () => {
  it("reads state and start time behind a name with spaces and brackets", () => {
    const fields = ["S", ...Array.from({ length: 18 }, (_, index) => String(index)), "4711", "more"];
    expect(parseProcStat(`12 (a (b) c) ${fields.join(" ")}`)).toEqual({ state: "S", startTicks: "4711" });
    expect(parseProcStat("")).toBeUndefined();
  });

  it("knows this process and tells it from another with its pid", () => {
    const me = inspectProcess(process.pid);
    expect(me?.command).toContain("node");
    expect(isSameProcess(process.pid, me?.identity ?? "")).toBe(true);
    expect(isSameProcess(process.pid, "somebody else's")).toBe(false);
  });

  it("counts a process that ended but was not reaped as gone", async () => {
    // The shell becomes `sleep`, which never waits for the child that ends at once.
    const parent = spawn("/bin/sh", ["-c", "true & echo $!; exec sleep 30"]);
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    await expect.poll(() => inspectProcess(pid)).toBeUndefined();
    parent.kill("SIGKILL");
  });

  it.runIf(process.platform === "linux")("finds the processes that stand in a folder", async () => {
    const folder = realpathSync(tmpdir());
    const child = spawn("sleep", ["30"], { cwd: folder });
    await once(child, "spawn");
    expect(processesIn(folder)).toContain(child.pid);
    child.kill("SIGKILL");
  });

  it("has nobody under an impossible pid", () => {
    expect([0, -1, 1.5, Number.NaN].map((pid) => inspectProcess(pid))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
