import { describe, expect, test } from "vitest";
import { outputsOf } from "../flow/outputs.js";
import { aFlow, aNode, anEdge } from "../flow/testing/drafts.js";
import { boundsOf, hiddenBy, OUT, rerouted, toFolded, toFrames, toNotes } from "./frames.js";
import { groupMoves } from "./moves.js";
import { toCanvasEdges, toCanvasNodes } from "./projection.js";

const group = (collapsed: boolean) => ({ id: "group1", title: "Papers", nodeIds: ["ticket", "note"], collapsed });
const at = (x: number, y: number) => ({ position: { x, y } });
const drawn = (collapsed: boolean) =>
  aFlow({
    nodes: [
      aNode("when", "trigger"),
      aNode("if", "condition"),
      aNode("ticket", "action", at(400, 80)),
      aNode("note", "action", at(800, 40)),
    ],
    groups: [group(collapsed)],
  });
const context = {
  describe: (node: Parameters<typeof outputsOf>[0]) => ({
    title: "",
    sentence: "",
    mark: "",
    ports: outputsOf(node).map((name) => ({ name, label: name })),
  }),
  problems: { ticket: ["Fill this in."] },
  unfinished: new Set<string>(),
  steps: {},
};
const cards = (collapsed: boolean) => toCanvasNodes(drawn(collapsed), context);
const boxes = (id: string) => {
  const node = drawn(false).nodes.find((one) => one.id === id);
  return node && { ...node.position, width: 240, height: 80 };
};

test("what stands around several boxes is the smallest box around them, around none there is nothing", () => {
  expect(boundsOf([])).toBeNull();
  expect(boundsOf([boxes("ticket"), boxes("note")].flatMap((box) => box ?? []))).toEqual({
    x: 400,
    y: 40,
    width: 640,
    height: 120,
  });
});

describe("a group", () => {
  test("has a frame with room for its name, and none while it is folded", () => {
    const [frame] = toFrames([group(false)], boxes);
    expect(frame).toMatchObject({ id: "group:group1", position: { x: 380, y: 0 }, width: 680, height: 180 });
    expect(toFrames([group(true)], boxes)).toEqual([]);
    expect(toFrames([{ ...group(false), nodeIds: ["gone"] }], boxes)).toEqual([]);
  });

  test("is folded into one card in its corner, which counts its problems", () => {
    expect(toFolded(drawn(false), cards(false))).toEqual([]);
    const [folded] = toFolded(drawn(true), cards(true));
    expect(folded).toMatchObject({ id: "group:group1", position: { x: 400, y: 40 }, data: { problems: 1 } });
  });

  test("that is folded takes the ways of its steps; those within it are not seen", () => {
    const draft = drawn(true);
    const flow = { ...draft, edges: [...draft.edges, anEdge("note", "if")] };
    const ways = rerouted(toCanvasEdges(flow, {}, null), hiddenBy(flow));
    expect(ways.map(({ source, sourceHandle, target }) => [source, sourceHandle, target])).toEqual([
      ["when", "next", "if"],
      ["if", "yes", "group:group1"],
      ["group:group1", OUT, "if"],
    ]);
    expect(ways[1]?.data?.edge).toEqual(anEdge("if", "ticket", "yes"));
  });

  test.each([
    [false, { x: 390, y: 10 }],
    [true, { x: 410, y: 50 }],
  ])("that is moved (folded: %s) moves its steps by as much", (collapsed, to) => {
    const draft = drawn(collapsed);
    const nodes = [...cards(collapsed), ...toFolded(draft, cards(collapsed))];
    const moves = groupMoves([{ id: "group:group1", type: "position", position: to, dragging: true }], draft, nodes);
    const places = Object.fromEntries(
      moves.flatMap((move) => (move.type === "position" ? [[move.id, move.position]] : [])),
    );
    expect(places).toMatchObject({ ticket: { x: 410, y: 90 }, note: { x: 810, y: 50 } });
  });
});

test("a note is as large as the document says, and stands behind the steps", () => {
  const note = { id: "note1", text: "Ours", ...at(8, 16), size: { width: 200, height: 120 }, colour: "grey" } as const;
  expect(toNotes({ notes: [note] })).toMatchObject([
    { id: "note:note1", position: { x: 8, y: 16 }, width: 200, height: 120, zIndex: -1 },
  ]);
  expect(toNotes({})).toEqual([]);
});
