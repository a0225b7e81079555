import { expect, test } from "vitest";
import { byName } from "./by-name.js";

test("what is the only one of its name is held by it, and known by its id too", () => {
  expect(byName([{ value: "#cx", id: "C1", label: "#cx" }])).toEqual([{ value: "#cx", id: "C1", label: "#cx" }]);
});

test("of several with one name, each is held by its id", () => {
  const named = { value: "Bug", label: "Bug" };
  const options = byName([
    { ...named, id: "1" },
    { ...named, id: "2" },
    { value: "7", id: "7", label: "7" },
  ]);
  expect(options).toEqual([
    { value: "1", label: "Bug" },
    { value: "2", label: "Bug" },
    { value: "7", id: "7", label: "7" },
  ]);
});
