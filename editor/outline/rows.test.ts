import { describe, expect, test } from "vitest";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { aFlow, anEdge, aNode } from "../flow/testing/drafts.js";
import { placed, rowsOf } from "./rows.js";
import { typedTo, walkBy } from "./walk.js";

/** "  yes ticket": two spaces a level, the way out where it is named, "→" before a reference, "…" for what is open. */
const said = (flow: Pick<FlowDraft, "nodes" | "edges">) =>
  rowsOf(flow).map(({ kind, nodeId, level, by, isBranch }) => {
    const words = { step: nodeId, refer: `→ ${nodeId}`, open: "…" }[kind];
    return `${"  ".repeat(level - 1)}${isBranch ? `${by?.output ?? ""} ` : ""}${words}`;
  });

describe("the outline", () => {
  test("has what follows below, what branches off deeper, and says what is open", () => {
    expect(said(aFlow())).toEqual(["when", "if", "  yes ticket", "  note", "  …", "  no …"]);
  });

  test("has a step that two ways reach once; the other place refers to it", () => {
    const flow = aFlow({ edges: [...aFlow().edges, anEdge("if", "note", "no")] });
    expect(said(flow)).toEqual(["when", "if", "  yes ticket", "  note", "  …", "  no → note"]);
  });

  test("has several steps behind one way out beside each other", () => {
    const flow = aFlow({ edges: [anEdge("when", "ticket"), anEdge("when", "note")] });
    expect(said(flow)).toEqual(["when", "  ticket", "  …", "  note", "  …", "if", "  yes …", "  no …"]);
  });

  test("has the way on failure where it is used", () => {
    const flow = aFlow({ edges: [anEdge("ticket", "note", "failure")], nodes: [aNode("ticket"), aNode("note")] });
    expect(said(flow)).toEqual(["ticket", "  failure note", "  …", "…"]);
  });

  test("has the trigger first, then what nothing leads to, from top to bottom; and circles too", () => {
    const at = (y: number) => ({ position: { x: 0, y } });
    const nodes = [
      aNode("low", "end", at(80)),
      aNode("high", "end", at(8)),
      aNode("when", "trigger", at(200)),
      aNode("a", "wait"),
      aNode("b", "wait"),
    ];
    const flow = aFlow({ nodes, edges: [anEdge("a", "b"), anEdge("b", "a")] });
    expect(said(flow)).toEqual(["when", "…", "high", "low", "a", "b", "→ a"]);
  });

  test("has every step once, also of a chain as long as a flow may be", () => {
    const nodes = Array.from({ length: 500 }, (_, index) => aNode(`n${String(index)}`, "wait"));
    const edges = nodes.slice(1).map(({ id }, index) => anEdge(`n${String(index)}`, id));
    const rows = rowsOf({ nodes, edges }).filter(({ kind }) => kind === "step");
    expect(rows.map(({ nodeId }) => nodeId)).toEqual(nodes.map(({ id }) => id));
    expect(new Set(rows.map(({ level }) => level))).toEqual(new Set([1]));
  });

  test("has keys of their own for all its rows", () => {
    const flow = aFlow({ edges: [...aFlow().edges, anEdge("if", "note", "yes"), anEdge("if", "note", "no")] });
    const keys = rowsOf(flow).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("walking", () => {
  const rows = placed(rowsOf(aFlow()));

  test("a row knows what it stands under and its place there", () => {
    expect(rows.map(({ parent, position, size }) => [parent, position, size])).toEqual([
      [null, 1, 2],
      [null, 2, 2],
      [1, 1, 4],
      [1, 2, 4],
      [1, 3, 4],
      [1, 4, 4],
    ]);
  });

  test.each([
    ["ArrowDown", 1, 2],
    ["ArrowDown", 5, 5],
    ["ArrowUp", 0, 0],
    ["Home", 4, 0],
    ["End", 0, 5],
    ["ArrowLeft", 4, 1],
    ["ArrowLeft", 0, null],
    ["ArrowRight", 1, 2],
    ["ArrowRight", 2, null],
    ["x", 2, null],
  ])("%s from row %i leads to %s", (key, from, to) => {
    expect(walkBy(key, rows, from)).toBe(to);
  });

  test("letters lead to the next row that begins so, and round; more letters stay where they fit", () => {
    const texts = ["Feedback", "Élan", "Wait", "End", "Wait longer"];
    expect(typedTo(texts, 0, "w")).toBe(2);
    expect(typedTo(texts, 2, "w")).toBe(4);
    expect(typedTo(texts, 2, "wait")).toBe(2);
    expect(typedTo(texts, 4, "e")).toBe(1);
    expect(typedTo(texts, 0, "x")).toBeNull();
  });
});
