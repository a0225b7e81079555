import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { en } from "./en.js";
import { fr } from "./fr.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const aside = /\.test\.ts$|(^|\/)(testing|fixtures|demo)\//;

const sources = (folder: string, without = aside): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !aside.test(path) && !without.test(path))
    .map((path) => readFileSync(join(root, folder, path), "utf8"));

const found = (texts: readonly string[], pattern: RegExp): readonly string[] =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name = ""]) => name));

const sorted = (names: readonly string[]) => [...new Set(names)].toSorted();

/** There is no table of codes in the server: they stand where they are thrown, so they are read from there. */
describe("every code that the server answers with", () => {
  const server = sources("server");
  const thrown = server.filter((text) => text.includes("DomainError"));
  const constants = new Map(
    server.flatMap((text) =>
      [...text.matchAll(/const ([A-Z][A-Z_]*) = "([a-z_]+)"/g)].map(([, name = "", value = ""]) => [name, value]),
    ),
  );
  const called = found(server, /\b(?:conflict|unprocessable|badRequest)\(\s*([^\s,:)]+)\s*,/g);
  const codes = sorted([
    ...called.map((given) => constants.get(given) ?? given.replaceAll('"', "")),
    ...found(thrown, /\bcode: "([a-z_]+)"/g).filter((code) => code !== "custom"),
    ...found(server, /\bproblemOf\(\s*[\w.]+,\s*"([a-z_]+)"/g),
  ]);

  test("is written out where it is thrown, so that this test can read it", () => {
    expect(codes.filter((code) => !/^[a-z]+(_[a-z]+)*$/.test(code))).toEqual([]);
    expect(codes).toEqual(expect.arrayContaining(["not_found", "draft_conflict", "secrets_needed", "internal_error"]));
  });

  test.each([
    ["English", en.refusal],
    ["French", fr.refusal],
  ])("has words in %s", (_language, words) => {
    expect(codes.filter((code) => !(code in words))).toEqual([]);
    expect(Object.keys(words).filter((code) => !codes.includes(code))).toEqual([]);
  });
});

describe("every code of a flow's problems", () => {
  /** Of zod and of the expression language: looked at, never given. */
  const foreign: ReadonlySet<string> = new Set(["invalid_union", "too_big", "too_small", "no_such_key"]);
  // A rule line's own codes are tables, whose words the compiler asks for; a file's have their own words.
  const language = sources("workflows/flow", /^(rule-line|file)\//);
  const codes = sorted([
    ...found(language, /"([a-z]+(?:_[a-z]+)+)"/g),
    ...found(language, /\bproblem\((?:[^"(){};]*,)?\s*"([a-z_]+)",/g),
  ]).filter((code) => !foreign.has(code));

  test.each([
    ["English", en.problem],
    ["French", fr.problem],
  ])("has words in %s", (_language, words) => {
    expect(codes.filter((code) => !(code in words))).toEqual([]);
  });
});

describe("every reason why a flow file is not taken", () => {
  const codes = sorted([
    ...found(sources("workflows/flow/file"), /\bproblem\(\s*\[[^;]*?\],\s*"([a-z_]+)"/g),
    ...found(sources("server/flow-files"), /^ {2}([a-z_]+): \((?:reason: string)?\) =>/gm),
  ]);

  test.each([
    ["English", en.fileProblem],
    ["French", fr.fileProblem],
  ])("has words in %s", (_language, words) => {
    expect(codes).toContain("newer_schema");
    expect(codes.filter((code) => !(code in words))).toEqual([]);
  });
});
