import { describe, expect, test } from "vitest";
import { after, freeSpot, openEnd } from "./place.js";
import { aFlow, aNode, anEdge } from "./testing/drafts.js";

describe("where a new node goes", () => {
  test("right of the node that it follows, by its first output without an edge", () => {
    const flow = aFlow({
      nodes: [aNode("if", "condition"), aNode("ticket", "action", { position: { x: 900, y: 0 } })],
      edges: [anEdge("if", "ticket", "yes")],
    });
    expect(after(flow, "if")).toEqual({ from: "if", output: "no", position: { x: 328, y: 0 } });
  });

  test("never by the way on failure", () => {
    const flow = aFlow();
    expect(after(flow, "ticket")?.output).toBe("next");
  });

  test("nowhere after an end", () => {
    expect(after(aFlow({ nodes: [aNode("end", "end")], edges: [] }), "end")).toBeNull();
  });

  test("below what already stands there", () => {
    const flow = aFlow({ nodes: [aNode("a"), aNode("b", "action", { position: { x: 0, y: 128 } })], edges: [] });
    expect(freeSpot(flow, { x: 0, y: 0 })).toEqual({ x: 0, y: 256 });
  });
});

describe("the open end", () => {
  test("is the one node that nothing follows yet", () => {
    expect(openEnd(aFlow())).toBe("note");
  });

  test("is unknown when there are several", () => {
    expect(
      openEnd(aFlow({ edges: [anEdge("when", "if"), anEdge("if", "ticket", "yes"), anEdge("if", "note", "no")] })),
    ).toBeNull();
  });

  test("is the one that the trigger leads to, when others stand loose", () => {
    expect(openEnd(aFlow({ edges: [anEdge("when", "if"), anEdge("if", "ticket", "yes")] }))).toBe("ticket");
  });
});
