import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { installedLicence } from "./installed-licence.js";
import { licenceProblems } from "./licences.js";
import { delivered } from "./lock.js";
import { aLock } from "./testing/a-lock.js";

const problems = (license: string | undefined, exceptions = {}) =>
  licenceProblems(aLock({ lib: { license } }), ({ entry }) => entry.license, exceptions);

describe("licences", () => {
  it("of what is delivered are looked at, those of tools are not", () => {
    expect(problems("MIT")).toEqual([]);
    expect(problems("GPL-3.0")).toEqual([expect.stringContaining("node_modules/lib: its licence is GPL-3.0")]);
  });

  it.each([undefined, "UNLICENSED", "SEE LICENSE IN x", "MIT OR GPL-3.0", "AGPL-3.0-only", "BUSL-1.1", "CC-BY-NC-4.0"])(
    "%s is not on the list",
    (license) => {
      expect(problems(license)).toHaveLength(1);
    },
  );

  it("are excepted by name, as long as both the package and its licence are what was judged", () => {
    const font = { lib: { licence: "OFL-1.1", reason: "A font." } };
    expect(problems("OFL-1.1", font)).toEqual([]);
    expect(problems("SSPL-1.0", font)).toEqual([expect.stringContaining("judge it again")]);
    expect(problems("MIT", { gone: { licence: "OFL-1.1", reason: "A font." } })).toEqual([
      expect.stringContaining("not delivered any more"),
    ]);
  });

  it("are read from the package itself, in each form that npm has known, and else from the lock", () => {
    const root = mkdtempSync(join(tmpdir(), "licences-"));
    onTestFinished(() => rmSync(root, { recursive: true }));
    const [lib] = delivered(aLock());
    const read = () => installedLicence(root)(lib!);
    expect(read()).toBe("MIT");
    mkdirSync(join(root, "node_modules/lib"), { recursive: true });
    const install = (manifest: object) =>
      writeFileSync(join(root, "node_modules/lib/package.json"), JSON.stringify(manifest));
    install({ license: "GPL-3.0" });
    expect(read()).toBe("GPL-3.0");
    install({ license: { type: "BSD-2-Clause", url: "x" } });
    expect(read()).toBe("BSD-2-Clause");
    install({ licenses: [{ type: "MIT" }, { type: "GPL-2.0" }] });
    expect(read()).toBe("MIT OR GPL-2.0");
    install({});
    expect(read()).toBeUndefined();
  });
});
