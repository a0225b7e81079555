import { expect, test } from "vitest";
import { createStatementNames } from "./statement-names.js";

test("a text is named from its second time on, and keeps its name", () => {
  const names = createStatementNames();
  expect(names.of("select 1", 0)).toBeUndefined();
  const name = names.of("select 1", 0);
  expect(name).toBeDefined();
  expect(names.of("select 1", 0)).toBe(name);
});

test("no two texts share a name, before and after they are renewed", () => {
  const names = createStatementNames();
  const all = () => ["select 1", "select 2"].flatMap((text) => [names.of(text, 0), names.of(text, 0)]);
  const before = all().filter((name) => name !== undefined);
  names.renew();
  const after = all().filter((name) => name !== undefined);
  expect(new Set([...before, ...after]).size).toBe(4);
});

test("lists of values are not named, nor is anything once there are too many names", () => {
  const names = createStatementNames();
  expect([names.of("list", 31), names.of("list", 31)]).toEqual([undefined, undefined]);
  for (let number = 0; number < 600; number += 1) for (const _time of [1, 2]) names.of(`select ${number}`, 0);
  expect(names.of("select 599", 0)).toBeUndefined();
  expect(names.of("select 1", 0)).toBeDefined();
});
