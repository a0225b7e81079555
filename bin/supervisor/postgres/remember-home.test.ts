import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { insideHome, systemHome } from "./home.js";
import { rememberedHome, rememberHome } from "./remember-home.js";

function folders() {
  const root = mkdtempSync(join(tmpdir(), "loopwright-home-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [first, second] = [join(root, "first"), join(root, "second")];
  mkdirSync(first);
  return { first, second };
}

it("a folder that never had a database remembers none", () => {
  expect(rememberedHome(folders().first)).toBeUndefined();
});

it("a database inside goes along with its folder, moved or copied", () => {
  const { first, second } = folders();
  rememberHome(first, insideHome(first));
  expect(rememberedHome(first)).toBe(insideHome(first));
  cpSync(first, second, { recursive: true });
  expect(rememberedHome(second)).toBe(insideHome(second));
});

it("a database outside is found again by a folder that was moved", () => {
  const { first, second } = folders();
  rememberHome(first, systemHome(first));
  renameSync(first, second);
  expect(rememberedHome(second)).toBe(systemHome(first));
});

it("a copied folder does not take over the database of the first", () => {
  const { first, second } = folders();
  rememberHome(first, systemHome(first));
  cpSync(first, second, { recursive: true });
  expect(() => rememberedHome(second)).toThrow(`${second} is a copy of ${first}, whose database stands in`);
  expect(rememberedHome(first)).toBe(systemHome(first));
});
