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

test("comments stay with their steps, notes stay, and groups keep the steps that are left", () => {
  const note = {
    id: "note1",
    text: "Ours",
    position: { x: 0, y: 0 },
    size: { width: 200, height: 120 },
    colour: "blue",
  } as const;
  const commented = {
    ...moved,
    nodes: moved.nodes.map((node) => ({ ...node, comment: `about ${node.id}` })),
    notes: [note],
    groups: [
      { id: "group1", title: "Doing", nodeIds: ["postMessage1", "createNote1"], collapsed: false },
      { id: "group2", title: "Gone", nodeIds: ["postMessage1"], collapsed: false },
    ],
  };
  const after = redraw(commented, drawn("NPS < 6 → CRM note + wait 2 days"));
  expect(after.nodes.map(({ comment }) => comment)).toEqual([
    "about feedback",
    "about condition1",
    "about createNote1",
    undefined,
  ]);
  expect(after.notes).toEqual([note]);
  expect(after.groups).toEqual([{ id: "group1", title: "Doing", nodeIds: ["createNote1"], collapsed: false }]);
  expect(Object.keys(redraw(moved, drawn("NPS < 6 → CRM note")))).toEqual(Object.keys(moved));
});
