import { expect, test } from "vitest";
import { moveNodes } from "./edit.js";
import { addNote, placesBeside } from "./notes.js";
import { aFlow } from "./testing/drafts.js";

test("a note goes where the nearest card goes, as far from it as before", () => {
  const { flow, id } = addNote(moveNodes(aFlow(), { ticket: { x: 480, y: 320 } }), { x: 496, y: 160 });
  const moved = { when: { x: 80, y: 80 }, ticket: { x: 800, y: 400 } };
  expect(placesBeside(flow, moved)).toEqual({ [id]: { x: 816, y: 240 } });
});

test("where the nearest card stays, or there is none, a note stays", () => {
  const { flow } = addNote(aFlow(), { x: 0, y: 0 });
  expect(placesBeside(flow, {})).toEqual({});
  expect(placesBeside({ ...flow, nodes: [] }, { any: { x: 8, y: 8 } })).toEqual({});
});
