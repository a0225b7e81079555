import { describe, expect, test } from "vitest";
import type { StepView } from "../../server/runs/run-api.js";
import { aFlow, aNode, anEdge } from "../flow/testing/drafts.js";
import { outputsOf } from "../flow/outputs.js";
import { toCanvasEdges, toCanvasNodes, wayOf } from "./projection.js";
import type { NodeContext } from "./projection.js";

const context: NodeContext = {
  describe: (node) => ({
    title: node.title,
    sentence: "",
    mark: node.type,
    ports: outputsOf(node).map((name) => ({ name, label: name })),
  }),
  problems: { ticket: ["Fill this in."], note: ["Fill this in."] },
  unfinished: new Set(["note"]),
  steps: {},
};
const step = (part: Partial<StepView>): StepView => ({
  nodeId: "if",
  type: "condition",
  title: "",
  state: "done",
  attempts: 0,
  output: "yes",
  values: null,
  stuck: null,
  waitsUntil: null,
  startedAt: null,
  endedAt: null,
  ...part,
});

describe("a node on the canvas", () => {
  const cards = Object.fromEntries(toCanvasNodes(aFlow(), context).map(({ id, data }) => [id, data]));

  test("stands where the document says", () => {
    const [node] = toCanvasNodes(aFlow({ nodes: [aNode("a", "end", { position: { x: 8, y: 16 } })] }), context);
    expect(node?.position).toEqual({ x: 8, y: 16 });
  });

  test("shows its ways out, and which of them are used", () => {
    expect(cards["if"]?.ports).toEqual([
      { name: "yes", label: "yes", isUsed: true },
      { name: "no", label: "no", isUsed: false },
    ]);
  });

  test("keeps the way on failure apart", () => {
    expect(cards["ticket"]?.ports.map(({ name }) => name)).toEqual(["next"]);
    expect(cards["ticket"]?.failure).toEqual({ name: "failure", label: "failure", isUsed: false });
  });

  test("carries its problems, and the trigger has no way in", () => {
    expect(cards["ticket"]).toMatchObject({ problems: ["Fill this in."], isUnfinished: false });
    expect(cards["note"]).toMatchObject({ problems: ["Fill this in."], isUnfinished: true });
    expect(cards["when"]?.hasInput).toBe(false);
    expect(cards["note"]?.hasInput).toBe(true);
  });
});

test("an edit of one step draws one card anew", () => {
  const flow = aFlow();
  const edited = { ...flow, nodes: flow.nodes.map((node) => (node.id === "note" ? { ...node, title: "New" } : node)) };
  const before = toCanvasNodes(flow, context);
  const after = toCanvasNodes(edited, { ...context, problems: structuredClone(context.problems) });
  expect(after.map((card, index) => card === before[index])).toEqual([true, true, true, false]);
  const connected = { ...flow, edges: flow.edges.slice(0, 2) };
  expect(toCanvasNodes(connected, context).map((card, index) => card === before[index])).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

describe("a way in a run", () => {
  const edge = anEdge("if", "ticket", "yes");
  test.each([
    ["taken", { if: step({ output: "yes" }) }],
    ["dead", { if: step({ output: "no" }) }],
    ["dead", { if: step({ state: "dead", output: null }) }],
    ["open", { if: step({ state: "running", output: null }) }],
    ["open", {}],
  ] as const)("is %s", (way, steps) => {
    expect(wayOf(edge, steps)).toBe(way);
  });

  test("every edge of the document has its own id, also two out of one output", () => {
    const edges = [anEdge("if", "ticket", "yes"), anEdge("if", "note", "yes")];
    const ids = toCanvasEdges({ edges }, {}, null).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });
});
