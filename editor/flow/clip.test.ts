import { describe, expect, test } from "vitest";
import { flowDraftSchema } from "../../workflows/flow/schema.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { clipOf, clipText, duplicate, pasteClip, readClip, shiftTo } from "./clip.js";
import type { Clip } from "./clip.js";
import { aFlow, anEdge, aNode } from "./testing/drafts.js";

const here = { x: 0, y: 0 };
const steps = (...ids: string[]) => ({ steps: ids, notes: [] });
const idsOf = ({ nodes }: FlowDraft) => nodes.map(({ id }) => id);
const note = {
  id: "note1",
  text: "Ours",
  position: { x: 0, y: 0 },
  size: { width: 200, height: 120 },
  colour: "pink",
} as const;

function clip(flow: FlowDraft, ...ids: string[]): Clip {
  const found = clipOf(flow, steps(...ids));
  if (!found) throw new Error("There is nothing to copy.");
  return found;
}
function paste(flow: FlowDraft, what: Clip, by = here) {
  const pasted = pasteClip(flow, what, by);
  if (!pasted) throw new Error("It does not fit.");
  return pasted;
}

describe("copying", () => {
  test("takes the steps and the connections among them", () => {
    expect(clip(aFlow(), "ticket", "note")).toMatchObject({ edges: [anEdge("ticket", "note")] });
    expect(clipOf(aFlow(), steps())).toBeNull();
  });

  test("makes text that a paste reads as the same", () => {
    expect(readClip(clipText(clip(aFlow(), "when", "if")))).toEqual(clip(aFlow(), "when", "if"));
  });

  test.each([
    "",
    "hello",
    "null",
    "[]",
    '{"loopwright":"steps"}',
    '{"loopwright":"flow","nodes":[],"edges":[],"notes":[],"groups":[]}',
    '{"loopwright":"steps","nodes":[{"id":"a","type":"shell"}],"edges":[],"notes":[],"groups":[]}',
  ])("%j on the clipboard is nothing to paste", (text) => {
    expect(readClip(text)).toBeNull();
  });
});

describe("pasting", () => {
  test("gives ids of their own, moves, and keeps the connections", () => {
    const pasted = paste(aFlow(), clip(aFlow(), "ticket", "note"), { x: 80, y: 40 });
    expect(pasted.steps).toEqual(["ticket1", "note1"]);
    expect(pasted.flow.edges).toContainEqual(anEdge("ticket1", "note1"));
    expect(pasted.flow.nodes.at(-1)?.position).toEqual({ x: 80, y: 40 });
    expect(flowDraftSchema.safeParse(pasted.flow).success).toBe(true);
  });

  test("into another flow brings the trigger only where there is none", () => {
    const whole = clip(aFlow(), "when", "if");
    expect(idsOf(paste(aFlow({ nodes: [], edges: [] }), whole).flow)).toEqual(["when1", "if1"]);
    const there = paste(aFlow({ nodes: [aNode("start", "trigger")], edges: [] }), whole).flow;
    expect(idsOf(there)).toEqual(["start", "if1"]);
    expect(there.edges).toEqual([]);
  });

  test("renames what a copy says of another copy, and nothing else", () => {
    const uses = aNode("later", "action", {
      config: { input: { text: "{{ steps.ticket.key }} {{ steps.ticket2.key }} {{ steps.other.key }}", list: [1] } },
    });
    const flow = aFlow({ nodes: [aNode("ticket"), uses], edges: [] });
    const { flow: after } = paste(flow, clip(flow, "ticket", "later"));
    expect(after.nodes.at(-1)?.config).toEqual({
      input: { text: "{{ steps.ticket1.key }} {{ steps.ticket2.key }} {{ steps.other.key }}", list: [1] },
    });
    expect(after.nodes[1]).toBe(uses);
  });

  test("keeps what is switched off and commented, notes, and groups that came whole", () => {
    const flow = aFlow({
      nodes: [aNode("a", "wait", { disabled: true, comment: "Why" }), aNode("b", "wait")],
      edges: [],
      notes: [note],
      groups: [
        { id: "group1", title: "Whole", nodeIds: ["a"], collapsed: false },
        { id: "group2", title: "Half", nodeIds: ["b", "c"], collapsed: false },
      ],
    });
    const found = clipOf(flow, { steps: ["a", "b"], notes: ["note1"] });
    const { flow: after, notes } = paste(aFlow({ notes: [note] }), found ?? clip(flow));
    expect(after.nodes.at(-2)).toMatchObject({ id: "a1", disabled: true, comment: "Why" });
    expect(after.groups).toEqual([{ id: "group1", title: "Whole", nodeIds: ["a1"], collapsed: false }]);
    expect(notes).toEqual(["note2"]);
    expect(after.notes?.at(-1)).toEqual({ ...note, id: "note2" });
  });

  test("is refused where the flow would get too large", () => {
    const nodes = Array.from({ length: 500 }, (_, index) => aNode(`n${String(index)}`, "wait"));
    const full = aFlow({ nodes, edges: [] });
    expect(pasteClip(full, clip(full, "n1"), here)).toBeNull();
  });

  test("at a place where something stands goes next to it, however often", () => {
    const flow = aFlow({ nodes: [aNode("a", "wait")], edges: [] });
    const what = clip(flow, "a");
    const once = paste(flow, what, shiftTo(flow, what, here)).flow;
    const twice = paste(once, what, shiftTo(once, what, here)).flow;
    expect(twice.nodes.map(({ position }) => position.x)).toEqual([0, 32, 64]);
  });
});

describe("duplicating", () => {
  test("copies keep the edges among them and get ids of their own", () => {
    const copy = duplicate(aFlow(), steps("ticket", "note"));
    expect(copy?.steps).toEqual(["ticket1", "note1"]);
    expect(copy?.flow.edges).toContainEqual(anEdge("ticket1", "note1"));
    expect(copy?.flow.edges).toHaveLength(4);
  });

  test("the trigger is not copied: a flow has one", () => {
    expect(duplicate(aFlow(), steps("when"))?.steps).toEqual([]);
    expect(duplicate(aFlow(), steps("when"))?.flow.nodes).toEqual(aFlow().nodes);
  });
});
