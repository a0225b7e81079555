import { expect, test } from "vitest";
import { moveNodes, removeEdge, retitleNode, switchNodes, updateConfig } from "../flow/edit.js";
import { aFlow, aNode } from "../flow/testing/drafts.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { readsTheSame } from "./read-before.js";

const flow = aFlow({
  nodes: [aNode("start", "trigger"), aNode("first", "set", { config: {} }), aNode("last", "end", { config: {} })],
  edges: [
    { from: "start", output: "next", to: "first" },
    { from: "first", output: "next", to: "last" },
  ],
});
const [edge] = flow.edges;
if (!edge) throw new Error("The flow has a way.");

test.each<[string, FlowDraft]>([
  ["what is typed into its own form", updateConfig(flow, "last", { outcome: "done" })],
  ["the name of a step", retitleNode(flow, "first", "Remember")],
  ["where a step stands", moveNodes(flow, { first: { x: 8, y: 8 } })],
])("a step reads the same after %s", (_, now) => {
  expect(readsTheSame("last", flow, now)).toBe(true);
});

test.each<[string, FlowDraft]>([
  ["another step that was switched off", switchNodes(flow, ["first"], true)],
  ["another step's form", updateConfig(flow, "first", { values: {} })],
  ["a way that is gone", removeEdge(flow, edge)],
  ["a step that was put in", { ...flow, nodes: [...flow.nodes, aNode("new", "end")] }],
  ["another step in its place", { ...flow, nodes: flow.nodes.map((n) => (n.id === "last" ? aNode("new", "end") : n)) }],
])("it does not after %s", (_, now) => {
  expect(readsTheSame("last", flow, now)).toBe(false);
});

test("what starts the flow says what there is to read, to itself as well", () => {
  expect(readsTheSame("start", flow, updateConfig(flow, "start", { start: "call" }))).toBe(false);
});
