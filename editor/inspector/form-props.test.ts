import { expect, test } from "vitest";
import { errorAt, errorsUnder } from "./form-props.js";

const errors = {
  title: "Fill this in.",
  "when.rows[0].value": "A number.",
  "when.rows[1]": "Unknown.",
  whenever: "No.",
};

test("errors below a path are named by what follows it", () => {
  expect(errorsUnder(errors, "when")).toEqual({ "rows[0].value": "A number.", "rows[1]": "Unknown." });
  expect(errorsUnder(errors, "when.rows[0]")).toEqual({ value: "A number." });
});

test("a field shows its own error, else the first one inside it", () => {
  expect(errorAt(errors, "title")).toBe("Fill this in.");
  expect(errorAt(errors, "when")).toBe("A number.");
  expect(errorAt(errors, "text")).toBeNull();
});
