import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashFiles, listSources } from "./sources.mjs";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "loopwright-sources-"))));
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text = "") {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

describe("the sources of a build", () => {
  it("are all files but tests, their helpers, notes and compiler settings", () => {
    for (const file of [
      "a.ts",
      "a.test.ts",
      "README.md",
      "tsconfig.json",
      "page/index.html",
      "testing/help.ts",
      "node_modules/x.js",
    ]) {
      write(`server/${file}`);
    }
    expect(listSources(root, ["server", "not-there"])).toEqual(["server/a.ts", "server/page/index.html"]);
  });

  it("have another hash when a file changes, moves or is added", () => {
    write("a", "1");
    write("b", "1");
    const hashes = [hashFiles(root, ["a"]), hashFiles(root, ["b"]), hashFiles(root, ["a", "b"])];
    write("a", "2");
    expect(new Set([...hashes, hashFiles(root, ["a"])]).size).toBe(4);
  });
});
