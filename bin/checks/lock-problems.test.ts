import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { lockProblems } from "./lock-problems.js";
import { readLock, readManifest } from "./make-sbom.js";
import { aLock, aManifest, integrityOf } from "./testing/a-lock.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("the lock of packages", () => {
  it("of this repository is sound", () => {
    expect(lockProblems(readLock(root), readManifest(root))).toEqual([]);
  });

  it("is sound with hashes alone, and with addresses of the public registry", () => {
    expect(lockProblems(aLock(), aManifest())).toEqual([]);
    const resolved = "https://registry.npmjs.org/@of/tool/-/tool-2.0.0-beta.1.tgz";
    expect(lockProblems(aLock({ tool: { resolved } }), aManifest())).toEqual([]);
  });

  it.each([
    ["no hash", { integrity: undefined }, /integrity/],
    ["a weaker hash", { integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" }, /integrity/],
    ["two hashes", { integrity: `${integrityOf("lib")} sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=` }, /integrity/],
    ["half a hash", { integrity: integrityOf("lib").slice(0, 60) }, /integrity/],
    ["another host", { resolved: "https://npm.evil.example/lib/-/lib-1.2.3.tgz" }, /fetched from/],
    ["a host that begins alike", { resolved: "https://registry.npmjs.org.evil.example/lib/-/x.tgz" }, /fetched from/],
    ["a host behind a user name", { resolved: "https://registry.npmjs.org@evil.example/lib/-/x" }, /fetched from/],
    ["no encryption", { resolved: "http://registry.npmjs.org/lib/-/lib-1.2.3.tgz" }, /fetched from/],
    ["another package's address", { resolved: "https://registry.npmjs.org/1ib/-/1ib-1.2.3.tgz" }, /fetched from/],
    ["a path that climbs", { resolved: "https://registry.npmjs.org/lib/-/../../x/-/x-1.tgz" }, /fetched from/],
    ["a repository", { resolved: "git+ssh://git@github.com/a/lib.git#1234", version: "1.2.3" }, /fetched from/],
    ["a version that is an address", { version: "git+https://github.com/a/lib.git" }, /not one of the registry/],
    ["a dependency from git", { dependencies: { deep: "git+https://github.com/a/deep.git" } }, /wants deep/],
    ["a dependency by a short name of GitHub", { dependencies: { deep: "a/deep#v1" } }, /wants deep/],
    ["a dependency from the web", { optionalDependencies: { deep: "https://x.example/deep.tgz" } }, /wants deep/],
    ["a dependency from a folder", { dependencies: { deep: "file:../deep" } }, /wants deep/],
    ["an install script that nobody judged", { hasInstallScript: true }, /has an install script/],
  ])("is refused with %s", (_what, change, problem) => {
    const problems = lockProblems(aLock({ lib: change }), aManifest());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it.each(["../elsewhere", "/tmp/stub", "https://x.example/stub", "own/missing"])(
    "is refused with a link to %s",
    (resolved) => {
      expect(lockProblems(aLock({ stub: { resolved } }), aManifest())).toEqual([expect.stringContaining(resolved)]);
    },
  );

  it.each([
    ["github:a/lib", "a/lib"],
    ["git+ssh://git@x.example/lib.git", "git@"],
    ["https://x.example/lib.tgz", "https:"],
    ["file:../lib", "file:"],
    ["file:./own/../../lib", "file:"],
  ])("is refused where package.json wants %s", (spec, told) => {
    for (const kind of ["dependencies", "devDependencies", "optionalDependencies"])
      expect(lockProblems(aLock(), aManifest({ [kind]: { lib: spec } }))).toEqual([expect.stringContaining(told)]);
  });

  it("is refused where a script is judged that is not there", () => {
    expect(lockProblems(aLock(), aManifest({ allowScripts: { lib: false } }))).toEqual([
      expect.stringContaining("no install script"),
    ]);
    expect(
      lockProblems(aLock({ lib: { hasInstallScript: true } }), aManifest({ allowScripts: { lib: false } })),
    ).toEqual([]);
  });
});
