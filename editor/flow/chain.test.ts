import { expect, test } from "vitest";
import { removeKeepingChain } from "./chain.js";
import { aFlow, anEdge, aNode } from "./testing/drafts.js";

const edgesWithout = (...ids: string[]) => removeKeepingChain(aFlow(), ids).edges;

test("a step with one way in and one on leaves its neighbours joined", () => {
  expect(edgesWithout("ticket")).toEqual([anEdge("when", "if"), anEdge("if", "note", "yes")]);
});

test("a row of steps does so too, in whatever order they are named", () => {
  expect(edgesWithout("ticket", "if")).toEqual([anEdge("when", "note")]);
  expect(edgesWithout("if", "ticket")).toEqual([anEdge("when", "note")]);
});

test("the last step and the first are just gone", () => {
  expect(edgesWithout("note")).toEqual(aFlow().edges.slice(0, 2));
  expect(edgesWithout("when")).toEqual(aFlow().edges.slice(1));
});

test("a way that is not the first is not gone on with: nobody said that it should be taken", () => {
  const flow = aFlow({ edges: [anEdge("when", "if"), anEdge("if", "note", "no")] });
  expect(removeKeepingChain(flow, ["if"]).edges).toEqual([]);
});

test("where ways part or meet, nothing is joined", () => {
  const flow = aFlow({ edges: [...aFlow().edges, anEdge("if", "note", "no")] });
  expect(removeKeepingChain(flow, ["if"]).edges).toEqual([anEdge("ticket", "note")]);
});

test("the same edge stands once, and ids are retired", () => {
  const nodes = [aNode("a", "wait"), aNode("b", "wait"), aNode("c", "wait")];
  const flow = aFlow({ nodes, edges: [anEdge("a", "b"), anEdge("b", "c"), anEdge("a", "c")] });
  const after = removeKeepingChain(flow, ["b"]);
  expect(after.edges).toEqual([anEdge("a", "c")]);
  expect(after.retiredIds).toEqual(["b"]);
});

test("a group loses the step, and goes with its last one", () => {
  const groups = [
    { id: "group1", title: "Both", nodeIds: ["ticket", "note"], collapsed: false },
    { id: "group2", title: "One", nodeIds: ["if"], collapsed: false },
  ];
  const after = removeKeepingChain(aFlow({ groups }), ["ticket", "if"]);
  expect(after.groups).toEqual([{ ...groups[0], nodeIds: ["note"] }]);
  expect("groups" in removeKeepingChain(after, ["note"])).toBe(false);
});
