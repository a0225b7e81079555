import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { keyIdOf, openCell, sealCell } from "./cell.js";

const key = { id: randomUUID(), key: createSecretKey(randomBytes(32)) };
const place = "contact.name|c1";

test("JSON and bytes come back as what they were", () => {
  for (const value of ["Jane", null, { score: 3, nested: [true] }, Buffer.from([0, 1, 255])])
    expect(openCell(key.key, place, sealCell(key, place, value))).toEqual(value);
});

test("a cell names its key, and shows nothing of its value", () => {
  const cell = sealCell(key, place, "Jane Doe");
  expect(keyIdOf(cell)).toBe(key.id);
  expect(cell.toString("latin1")).not.toContain("Jane");
});

test("the same value sealed twice looks different", () => {
  expect(sealCell(key, place, "Jane").equals(sealCell(key, place, "Jane"))).toBe(false);
});

test("a cell moved to another row or column does not open", () => {
  const cell = sealCell(key, place, "Jane");
  expect(() => openCell(key.key, "contact.name|c2", cell)).toThrow();
  expect(() => openCell(key.key, "contact.email|c1", cell)).toThrow();
});

test("one changed bit anywhere is noticed", () => {
  const cell = sealCell(key, place, "Jane");
  for (const at of [1, 20, cell.length - 20, cell.length - 1]) {
    const changed = Buffer.from(cell);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => openCell(key.key, place, changed)).toThrow();
  }
});

test("what is not a cell is refused by name", () => {
  expect(() => keyIdOf(Buffer.from("plain text that somebody stored here by mistake"))).toThrow(
    "should be sealed holds something else",
  );
});
