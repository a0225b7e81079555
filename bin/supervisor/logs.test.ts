import { closeSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lastWords, logEnd, openLog, rotateLarge } from "./logs.js";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopwright-logs-"));
  file = join(folder, "api.log");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a log", () => {
  it("is moved aside at a start when it has grown, and three old ones are kept", () => {
    for (const content of ["a", "b", "c", "d", "e"]) {
      writeFileSync(file, content.repeat(5_000_001));
      rotateLarge(file);
      closeSync(openLog(file));
    }
    expect(["", ".1", ".2", ".3"].map((end) => readFileSync(`${file}${end}`, "utf8").charAt(0))).toEqual([
      "",
      "e",
      "d",
      "c",
    ]);
    expect(existsSync(`${file}.4`)).toBe(false);
  });

  it.each([
    ["its last line", "Error: soon mended\nbye\n\n", "bye"],
    [
      "the message of a line of our own log",
      '{"level":50,"msg":"The worker ended by itself"}\n',
      "The worker ended by itself",
    ],
    [
      "the headline of a report that Node ended with",
      "starting\nfile:///a.js:1\nthrow x;\n^\n\nError: no such table\n    at Client.query {\n  code: 42\n}\n\nNode.js v20.19.0\n",
      "Error: no such table",
    ],
    [
      "Go's panic",
      "time=1 level=INFO\npanic: no address\n\ngoroutine 1 [running]:\nmain.main()\n",
      "panic: no address",
    ],
    [
      "V8's last gasp",
      "FATAL ERROR: heap out of memory\n 1: 0xb8 node::Abort()\n10: 0xc1 v8::x\n",
      "FATAL ERROR: heap out of memory",
    ],
    [
      "why PostgreSQL could not start",
      "1 FATAL:  no room\n2 LOG:  database system is shut down\n",
      "1 FATAL:  no room",
    ],
    ["nothing where nothing was written", "", ""],
  ])("tells %s, of what was written since", (_what, written, told) => {
    writeFileSync(file, "Error: of another process before\n");
    const from = logEnd(file);
    writeFileSync(file, written, { flag: "a" });
    expect(lastWords(file, from)).toBe(told);
  });
});
