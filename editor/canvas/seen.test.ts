import { expect, test } from "vitest";
import { overlay, sortChanges } from "./seen.js";
import type { CardNode } from "./projection.js";

const node = (id: string): CardNode => ({
  id,
  type: "card",
  position: { x: 0, y: 0 },
  data: {
    type: "end",
    words: { title: "", sentence: "", mark: "end", ports: [] },
    ports: [],
    failure: null,
    hasInput: true,
    problems: [],
    isUnfinished: false,
    step: null,
    isOff: false,
    comment: null,
  },
});
const drag = (x: number, dragging: boolean) =>
  ({ id: "a", type: "position", position: { x, y: 0 }, dragging }) as const;

test("while it is dragged a node moves on the canvas only", () => {
  const { seen, moved } = sortChanges([drag(50, true)], {}, []);
  expect(moved).toEqual({});
  expect(overlay([node("a")], seen, [])[0]?.position).toEqual({ x: 50, y: 0 });
});

test("once let go it is one move of the document, and the canvas follows the document again", () => {
  const before = sortChanges([drag(50, true)], {}, []).seen;
  const { seen, moved } = sortChanges([drag(64, false)], before, []);
  expect(moved).toEqual({ a: { x: 64, y: 0 } });
  expect(overlay([node("a")], seen, [])[0]?.position).toEqual({ x: 0, y: 0 });
});

test("sizes are kept, so that nothing is hidden until it is measured again", () => {
  const { seen } = sortChanges([{ id: "a", type: "dimensions", dimensions: { width: 240, height: 80 } }], {}, []);
  expect(overlay([node("a")], seen, [])[0]?.measured).toEqual({ width: 240, height: 80 });
});

test("selection follows the document's", () => {
  const select = (id: string, selected: boolean) => ({ id, type: "select", selected }) as const;
  expect(sortChanges([select("b", true), select("a", false)], {}, ["a"]).selected).toEqual(["b"]);
  expect(sortChanges([drag(1, true)], {}, ["a"]).selected).toBeNull();
  expect(overlay([node("a"), node("b")], {}, ["b"]).map(({ selected }) => selected)).toEqual([false, true]);
});

test("what did not change stays the very same, so that only the rest is drawn again", () => {
  const nodes = [node("a"), node("b")];
  const seen = sortChanges([drag(50, true)], {}, []).seen;
  const before = overlay(nodes, {}, []);
  const after = overlay(nodes, seen, []);
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
});
