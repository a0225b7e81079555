import { closeSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lastWords, logEnd, openLog } from "./logs.js";

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

  it("tells the line that names an error, of what was written since", () => {
    writeFileSync(file, "Error: an old one\n");
    const from = logEnd(file);
    writeFileSync(file, "starting\nError: no such table\n    at Client.query\nbye\n", { flag: "a" });
    expect(lastWords(file, from)).toBe("Error: no such table");
  });

  it("tells its last line when none names an error", () => {
    writeFileSync(file, "one\ntwo\n\n");
    expect(lastWords(file, 0)).toBe("two");
  });
});
