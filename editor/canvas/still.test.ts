import { expect, test } from "vitest";
import { retitleNode, updateConfig } from "../flow/edit.js";
import { aFlow } from "../flow/testing/drafts.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { toCanvasEdges, toCanvasNodes } from "./projection.js";
import { overlay, sortChanges } from "./seen.js";

/** What stays the very same is not drawn again: this is what a letter and a frame of a drag may cost, however large the flow. */

const flow = aFlow();
const describe = ({ id }: DraftNode) => ({ title: id, sentence: "", mark: "end", ports: [] });
const context = { describe, problems: {}, unfinished: new Set<string>(), steps: {} };
const onInsert = () => undefined;

const anew = <Part extends object>(before: readonly Part[], after: readonly Part[]) =>
  after.filter((part) => !before.includes(part));

test("a letter in a step's form or name draws its card again, no other, and no way", () => {
  for (const now of [updateConfig(flow, "note", { input: {} }), retitleNode(flow, "note", "CRM note")]) {
    const cards = anew(toCanvasNodes(flow, context), toCanvasNodes(now, context));
    expect(cards.map(({ id }) => id)).toEqual(["note"]);
    expect(anew(toCanvasEdges(flow, {}, onInsert), toCanvasEdges(now, {}, onInsert))).toEqual([]);
    expect(now.edges).toBe(flow.edges);
  }
});

test("a frame of a drag draws the card that is dragged, and its words are the same", () => {
  const cards = toCanvasNodes(flow, context);
  const before = overlay(cards, {}, []);
  const moved = { type: "position" as const, id: "note", position: { x: 8, y: 8 }, dragging: true };
  const after = overlay(cards, sortChanges([moved], {}, []).seen, []);
  expect(anew(before, after).map(({ id }) => id)).toEqual(["note"]);
  const dataOf = (nodes: typeof after) => nodes.map(({ data }) => data);
  expect(anew(dataOf(before), dataOf(after))).toEqual([]);
});

test("a way is drawn again when it is taken, or may not be put into any more", () => {
  const before = toCanvasEdges(flow, {}, onInsert);
  expect(anew(before, toCanvasEdges(flow, {}, null))).toHaveLength(flow.edges.length);
});
