import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { createMemoryWorld } from "../testing/memory-world.js";
import { createSalesforce } from "./index.js";

const table = readFileSync(fileURLToPath(new URL("FIDELITY.md", import.meta.url)), "utf8");
const rows = table
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.replace(/ +/g, " "));

it("has a row with a tag and a source for every operation", () => {
  const operations = createSalesforce(createMemoryWorld()).operations ?? [];
  const missing = operations.filter((name) => !rows.some((row) => row.startsWith(`| \`${name}\` |`)));
  expect(missing).toEqual([]);
  const malformed = rows.filter((row) => !/^\| `[^`]+` \| .+ \| [DOA] \| .+ \|$/.test(row));
  expect(malformed).toEqual([]);
});

it("has no row for an operation that does not exist", () => {
  const operations = createSalesforce(createMemoryWorld()).operations ?? [];
  const named = rows
    .map((row) => /^\| `([^`]+)`/.exec(row)?.[1] ?? "")
    .filter((name) => /^(GET|POST|PATCH|DELETE) /.test(name));
  expect(named.filter((name) => !operations.includes(name))).toEqual([]);
});
