import { expect, test } from "vitest";
import { isLoose, putInto } from "./put-into.js";
import { aFlow, anEdge, aNode } from "./testing/drafts.js";

const flow = aFlow({
  nodes: [...aFlow().nodes, aNode("wait", "wait"), aNode("done", "end"), aNode("or", "condition")],
});
const line = anEdge("if", "ticket", "yes");

test("a step that stands by itself is put between two others, and nothing else changes", () => {
  expect(putInto(flow, "wait", line)).toEqual({
    ...flow,
    edges: [anEdge("when", "if"), anEdge("ticket", "note"), anEdge("if", "wait", "yes"), anEdge("wait", "ticket")],
  });
});

test("of several ways out the first leads on", () => {
  expect(putInto(flow, "or", line).edges.at(-1)).toEqual(anEdge("or", "ticket", "yes"));
});

test("a trigger, an end, what is connected and what is gone stand in no other line", () => {
  expect(["when", "done", "ticket", "gone", "wait"].filter((id) => isLoose(flow, id))).toEqual(["wait"]);
  expect(putInto(flow, "done", line)).toBe(flow);
  expect(putInto(flow, "note", line)).toBe(flow);
});
