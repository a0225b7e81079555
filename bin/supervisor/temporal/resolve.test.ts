import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProgress } from "../progress.js";
import { allowedSources, cacheDirOf, resolveTemporal } from "./resolve.js";
import { TEMPORAL_SOURCES } from "./sources.js";
import type { TemporalSource } from "./source.js";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "loopwright-resolve-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const quiet = createProgress(() => undefined);
const context = (env: NodeJS.ProcessEnv = {}) => ({ env, cacheDir: folder, officialDownloader: [] });

function fakeCli(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, "#!/bin/sh\necho temporal version 1.9.1\n", { mode: 0o755 });
  return path;
}
const named = (...names: string[]) => TEMPORAL_SOURCES.filter(({ name }) => names.includes(name));

describe("finding Temporal", () => {
  it("asks each source only when those before it have nothing", async () => {
    const asked: string[] = [];
    const source = (name: string, path?: string): TemporalSource => ({
      name,
      find: () => {
        asked.push(name);
        return Promise.resolve(path === undefined ? { reason: "none" } : { path });
      },
    });
    const sources = [source("a"), source("b", "/b/temporal"), source("c", "/c/temporal")];
    expect(await resolveTemporal(context(), quiet, sources)).toBe("/b/temporal");
    expect(asked).toEqual(["a", "b"]);
  });

  it("uses a CLI named by the environment, and does not replace a wrong one by another", async () => {
    const path = fakeCli("mine");
    expect(await resolveTemporal(context({ TEMPORAL_CLI_PATH: path }), quiet, named("env"))).toBe(path);
    const wrong = context({ TEMPORAL_CLI_PATH: "/nowhere/temporal" });
    await expect(resolveTemporal(wrong, quiet, TEMPORAL_SOURCES)).rejects.toThrow("not a Temporal CLI that runs here");
  });

  it("uses a CLI on the path", async () => {
    const path = fakeCli("temporal");
    expect(await resolveTemporal(context({ PATH: `/nowhere:${folder}` }), quiet, named("env", "path"))).toBe(path);
  });

  it("says what was tried and what helps when there is none", async () => {
    const search = resolveTemporal(context({ PATH: "" }), quiet, named("env", "path", "cache"));
    await expect(search).rejects.toThrow(/path: no temporal on PATH; cache: nothing in .*TEMPORAL_ADDRESS=host:7233/s);
  });

  it("is narrowed by LOOPWRIGHT_TEMPORAL_SOURCES, whose order does not matter", () => {
    expect(allowedSources(" cache, path").map(({ name }) => name)).toEqual(["path", "cache"]);
    expect(allowedSources(undefined)).toBe(TEMPORAL_SOURCES);
    expect(() => allowedSources("path,npm")).toThrow(
      'names "npm"; the sources are env, path, cache, official, wheel, go',
    );
  });

  it("keeps what it got in the user's cache, or in the data folder where there is no home", () => {
    expect(cacheDirOf({ HOME: folder }, "/data")).toBe(join(folder, ".cache", "loopwright"));
    expect(cacheDirOf({ HOME: "" }, "/data")).toBe("/data/cache");
    expect(cacheDirOf({ HOME: "/not/there" }, "/data")).toBe("/data/cache");
  });
});
