import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flowDraftSchema } from "../../workflows/flow/schema.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import {
  addNode,
  commentNode,
  connectNodes,
  freshId,
  insertOnEdge,
  leadsTo,
  moveNodes,
  refuseEdge,
  removeEdge,
  removeNodes,
  retitleNode,
  switchNodes,
  updateConfig,
} from "./edit.js";
import { outputsOf } from "./outputs.js";
import { aFlow, aNode, anEdge } from "./testing/drafts.js";

const wait = { type: "wait", title: "", config: {}, position: { x: 3, y: 5 }, stem: "wait" } as const;
const idsOf = ({ nodes }: FlowDraft) => nodes.map(({ id }) => id);

describe("adding", () => {
  test("a node gets the first free number of its stem", () => {
    const flow = aFlow({ nodes: [aNode("wait1", "wait")], edges: [] });
    expect(addNode(flow, wait).id).toBe("wait2");
  });

  test("the id of a deleted node is never given again", () => {
    const flow = removeNodes(aFlow({ nodes: [aNode("wait1", "wait")], edges: [] }), ["wait1"]);
    expect(addNode(flow, wait).id).toBe("wait2");
  });

  test("a node stands on the grid", () => {
    expect(addNode(aFlow(), wait).flow.nodes.at(-1)?.position).toEqual({ x: 0, y: 8 });
  });

  test("a name is cut to what the document allows", () => {
    const { flow, id } = addNode(aFlow(), { ...wait, title: "x".repeat(200) });
    const named = retitleNode(flow, "note", "y".repeat(200));
    expect(flowDraftSchema.safeParse(named).error).toBeUndefined();
    expect(named.nodes.find((node) => node.id === id)?.title).toHaveLength(120);
  });

  test.each(["", "1st", "é!", "x".repeat(80)])("the stem %j makes an id that the document allows", (stem) => {
    const { flow } = addNode(aFlow(), { ...wait, stem });
    expect(flowDraftSchema.safeParse(flow).success).toBe(true);
  });

  test("a stem that is taken many times is still found a number", () => {
    const taken = Array.from({ length: 30 }, (_, index) => aNode(`wait${String(index + 1)}`, "wait"));
    expect(freshId(aFlow({ nodes: taken, edges: [] }), "wait")).toBe("wait31");
  });
});

describe("connecting", () => {
  test("one output may lead to several nodes", () => {
    const flow = connectNodes(aFlow(), anEdge("if", "note", "yes"));
    expect(flow.edges.filter(({ output }) => output === "yes")).toHaveLength(2);
  });

  test("the same edge stands once", () => {
    expect(connectNodes(aFlow(), anEdge("if", "ticket", "yes"))).toEqual(aFlow());
  });

  test.each([
    ["itself", anEdge("ticket", "ticket")],
    ["cycle", anEdge("note", "if")],
    ["trigger", anEdge("note", "when")],
    ["there", anEdge("ticket", "note")],
    ["unknown", anEdge("ticket", "nowhere")],
    ["unknown", anEdge("ticket", "note", "maybe")],
  ])("an edge is refused because of: %s", (reason, edge) => {
    expect(refuseEdge(aFlow(), edge)).toBe(reason);
  });

  test("an edge that skips forward is allowed", () => {
    expect(refuseEdge(aFlow(), anEdge("if", "note", "no"))).toBeNull();
  });

  test("no sequence of allowed edges makes a way back to itself", () => {
    const names = ["a", "b", "c", "d", "e"] as const;
    const pairs = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 40 });
    fc.assert(
      fc.property(pairs, (wanted) => {
        const start = aFlow({ nodes: names.map((name) => aNode(name)), edges: [] });
        const flow = wanted.reduce((drawn, [from, to]) => {
          const edge = anEdge(from, to);
          return refuseEdge(drawn, edge) === null ? connectNodes(drawn, edge) : drawn;
        }, start);
        for (const { from, to } of flow.edges) expect(leadsTo(flow, to, from)).toBe(false);
      }),
    );
  });
});

describe("removing", () => {
  test("a node takes its edges along and its id is retired", () => {
    const flow = removeNodes(aFlow(), ["ticket"]);
    expect(idsOf(flow)).toEqual(["when", "if", "note"]);
    expect(flow.edges).toEqual([anEdge("when", "if")]);
    expect(flow.retiredIds).toEqual(["ticket"]);
  });

  test("an unknown id changes nothing", () => {
    const flow = aFlow();
    expect(removeNodes(flow, ["nobody"])).toBe(flow);
  });

  test("only the named edge goes", () => {
    expect(removeEdge(aFlow(), anEdge("ticket", "note")).edges).toEqual(aFlow().edges.slice(0, 2));
  });

  test("nothing is ever left dangling, whatever is removed in whatever order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(["when", "if", "ticket", "note"]), (ids) => {
        const flow = ids.reduce((left, id) => removeNodes(left, [id]), aFlow());
        const there = new Set(idsOf(flow));
        expect(flow.edges.every(({ from, to }) => there.has(from) && there.has(to))).toBe(true);
        expect(new Set(flow.retiredIds)).toEqual(new Set(ids));
      }),
    );
  });
});

describe("changing", () => {
  const cases = (...outputs: string[]) => ({
    cases: outputs.map((output) => ({ output, title: output, when: { match: "all", rows: [] } })),
  });

  test("an output that the new config no longer has takes its edges with it", () => {
    const node = aNode("choose", "switch", { config: cases("a", "b") });
    const edges = [anEdge("choose", "note", "a"), anEdge("choose", "note", "b"), anEdge("choose", "note", "otherwise")];
    const flow = updateConfig(aFlow({ nodes: [node, aNode("note")], edges }), "choose", cases("b"));
    expect(flow.edges.map(({ output }) => output)).toEqual(["b", "otherwise"]);
  });

  test("what the change does not name stays", () => {
    const flow = updateConfig(updateConfig(aFlow(), "ticket", { connectionId: "jira" }), "ticket", {
      onAmbiguous: "resend",
    });
    expect(flow.nodes[2]?.config).toMatchObject({ action: "", connectionId: "jira", onAmbiguous: "resend" });
  });

  test("a config of another node is left alone", () => {
    const flow = updateConfig(aFlow(), "ticket", { action: "jira.createIssue@1" });
    expect(flow.nodes.find(({ id }) => id === "note")).toBe(aFlow().nodes[3] && flow.nodes[3]);
    expect(flow.nodes[2]?.config).toEqual({ ...aFlow().nodes[2]?.config, action: "jira.createIssue@1" });
  });

  test("moving snaps to the grid and moves nothing else", () => {
    const flow = moveNodes(aFlow(), { note: { x: 101, y: 99 } });
    expect(flow.nodes.map(({ position }) => position)).toEqual([
      { x: 0, y: 0 },
      { x: 0, y: 0 },
      { x: 0, y: 0 },
      { x: 104, y: 96 },
    ]);
  });

  test("a title is the node's own", () => {
    expect(retitleNode(aFlow(), "note", "CRM note").nodes[3]?.title).toBe("CRM note");
  });
});

describe("inserting on an edge", () => {
  test("what led to the second now leads through the new one", () => {
    const { flow, id } = insertOnEdge(aFlow(), anEdge("if", "ticket", "yes"), wait);
    expect(flow.edges).toContainEqual(anEdge("if", id, "yes"));
    expect(flow.edges).toContainEqual(anEdge(id, "ticket"));
    expect(flow.edges).not.toContainEqual(anEdge("if", "ticket", "yes"));
  });

  test("a node without a way out ends the way there", () => {
    const { flow, id } = insertOnEdge(aFlow(), anEdge("ticket", "note"), { ...wait, type: "end", stem: "end" });
    expect(flow.edges.filter(({ from }) => from === id)).toEqual([]);
    expect(flow.edges.some(({ to }) => to === "note")).toBe(false);
  });
});

describe("switching off and commenting", () => {
  test("a step is off, and on again as it was, byte for byte", () => {
    const off = switchNodes(aFlow(), ["ticket"], true);
    expect(off.nodes[2]).toMatchObject({ id: "ticket", disabled: true });
    expect(JSON.stringify(switchNodes(off, ["ticket"], false))).toBe(JSON.stringify(aFlow()));
    expect(switchNodes(aFlow(), ["ticket"], false).nodes[2]).not.toHaveProperty("disabled");
  });

  test("a comment that is emptied is none", () => {
    const commented = commentNode(aFlow(), "note", "Ask Ana");
    expect(commented.nodes[3]?.comment).toBe("Ask Ana");
    expect(JSON.stringify(commentNode(commented, "note", ""))).toBe(JSON.stringify(aFlow()));
  });
});

test("an action's way out on failure is one of its outputs", () => {
  expect(outputsOf(aNode("ticket"))).toEqual(["next", "failure"]);
});
