import { expect, test } from "vitest";
import { csvLine } from "./csv-line.js";

test.each([
  ["plain", "plain"],
  ["=1+1", "'=1+1"],
  ["+33 6 12", "'+33 6 12"],
  ["-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ["a, b", '"a, b"'],
  ["two\nlines", '"two\nlines"'],
  ["", ""],
])("%j is written as %j", (text, written) => {
  expect(csvLine([text])).toBe(`${written}\r\n`);
});

test("a number stays a number, and nothing is nothing", () => {
  expect(csvLine([-2, null, 3.5])).toBe("-2,,3.5\r\n");
});
