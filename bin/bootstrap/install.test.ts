import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agrees } from "./install.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "loopwright-install-"));
  mkdirSync(join(root, "node_modules"));
});
afterEach(() => rmSync(root, { recursive: true }));

const lock = {
  packages: {
    "": { version: "0.1.0" },
    "node_modules/pg": { version: "8.23.1" },
    "node_modules/only-on-macos": { version: "1.0.0", optional: true },
  },
};
const installed = (packages: object) =>
  writeFileSync(join(root, "node_modules", ".package-lock.json"), JSON.stringify({ packages }));

describe("an installation made by hand", () => {
  it("counts when every package has the locked version; those of other systems may be missing", () => {
    installed({ "node_modules/pg": { version: "8.23.1" } });
    expect(agrees(root, lock)).toBe(true);
  });

  it.each([[{}], [{ "node_modules/pg": { version: "8.0.0" } }]])("does not count with %j", (packages) => {
    installed(packages);
    expect(agrees(root, lock)).toBe(false);
  });

  it("does not count when npm left no note of it", () => {
    expect(existsSync(join(root, "node_modules", ".package-lock.json"))).toBe(false);
    expect(agrees(root, lock)).toBe(false);
  });
});
