import { expect, test } from "vitest";
import { drawLine } from "../../workflows/flow/rule-line/draw.js";
import { parseLine } from "../../workflows/flow/rule-line/parse.js";
import { isSameFlow } from "../../workflows/flow/rule-line/same-flow.js";
import { aHouse } from "../../workflows/flow/rule-line/testing/a-house.js";
import { redraw } from "./redraw.js";

function drawn(text: string) {
  const read = parseLine(text, aHouse());
  if (!read.ok) throw new Error(read.problem.code);
  return drawLine(read.line, aHouse());
}
const before = drawn("NPS < 6 → support callback + CRM note");
const moved = { ...before, nodes: before.nodes.map((node) => ({ ...node, position: { x: 8, y: 16 } })) };
const ids = ({ nodes }: typeof before) => nodes.map(({ id }) => id);

test("a changed condition keeps every step where it stands, with its id", () => {
  const after = redraw(moved, drawn("Detractor (0–6) → support callback + CRM note"));
  expect(ids(after)).toEqual(ids(before));
  expect(after.nodes.every(({ position }) => position.x === 8)).toBe(true);
});

test("a step that is gone is retired, a new one gets an id that nobody had", () => {
  const wanted = drawn("NPS < 6 → CRM note + wait 2 days");
  const after = redraw({ ...moved, retiredIds: ["wait1"] }, wanted);
  expect(ids(after)).toEqual(["feedback", "condition1", "createNote1", "wait2"]);
  expect(after.retiredIds).toEqual(["wait1", "postMessage1"]);
  expect(isSameFlow(after, wanted)).toBe(true);
});
