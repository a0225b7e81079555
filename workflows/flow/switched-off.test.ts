import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.js";
import { publish } from "./publish.js";
import { flowDraftSchema, type DraftNode, type Edge, type FlowDraft } from "./schema.js";
import { switchedOn } from "./switched-off.js";
import { aDraft, aNode, problemsOf, published, surroundings } from "./testing/a-flow.js";

const off = (node: DraftNode): DraftNode => ({ ...node, disabled: true });
const tell = aNode("action", "tell");
const ways = ({ edges }: { readonly edges: readonly Edge[] }) =>
  edges.map(({ from, output, to }) => `${from}:${output}>${to}`);
const left = (draft: FlowDraft) => ways(switchedOn(draft).draft);
const warnings = (draft: FlowDraft) =>
  publish(draft, surroundings()).warnings.map(({ nodeId, code, params }) => [nodeId, code, params["output"]]);
const check = aNode("condition", "check", {
  when: { match: "all", rows: [{ field: "feedback.score", operator: "atMost", value: 6 }] },
});

describe("what is switched off", () => {
  test("is left out, and what led to it leads on to what follows it", () => {
    const draft = aDraft([off(tell), aNode("end", "done")], "start > tell, tell > done");
    const flow = published(draft);
    expect(flow.nodes.map(({ id }) => id)).toEqual(["start", "done"]);
    expect(ways(flow)).toEqual(["start:next>done"]);
    expect(flow.actionSchemas).toEqual({});
  });

  test("may stand in a row, and before several", () => {
    const [a, b] = [off(aNode("wait", "a")), off(aNode("wait", "b"))];
    const draft = aDraft([a, b, tell, aNode("end", "done")], "start > a, a > b, b > tell, b > done");
    expect(left(draft)).toEqual(["start:next>tell", "start:next>done"]);
  });

  test("gives one way where two become the same", () => {
    const draft = aDraft([off(aNode("wait", "a")), tell], "start > a, start > tell, a > tell");
    expect(left(draft)).toEqual(["start:next>tell"]);
    expect(problemsOf(draft)).toEqual([]);
  });

  test("ends the way where nothing followed it", () => {
    expect(left(aDraft([tell, off(aNode("end", "done"))], "start > tell, tell > done"))).toEqual(["start:next>tell"]);
  });

  test("is not judged: it may be unfinished", () => {
    const unfinished = off(aNode("action", "half", { connectionId: "", input: {} }));
    expect(problemsOf(aDraft([unfinished, tell], "start > half, half > tell"))).toEqual([]);
    expect(problemsOf(aDraft([{ ...unfinished, disabled: undefined }, tell], "start > half, half > tell"))).not.toEqual(
      [],
    );
  });

  test("gives nothing to later steps: who uses it is told", () => {
    const uses = aNode("action", "later", { input: { channel: "#cx", text: "{{ steps.tell.permalink }}" } });
    const codes = problemsOf(aDraft([off(tell), uses], "start > tell, tell > later")).map(({ code }) => code);
    expect(codes).toContain("unknown_field");
  });

  test("in a circle leads nowhere, and the search for its way ends", () => {
    const draft = aDraft([off(aNode("wait", "a")), off(aNode("wait", "b")), tell], "start > a, a > b, b > a");
    expect(left(draft)).toEqual([]);
  });

  test("keeps its id taken", () => {
    const draft = aDraft([off(tell), tell], "start > tell");
    expect(problemsOf(draft).map(({ code }) => code)).toContain("repeated_id");
  });

  test("none of it: the draft is that very draft", () => {
    const draft = aDraft([tell], "start > tell");
    expect(switchedOn(draft).draft).toBe(draft);
  });
});

test("a trigger that is off is the one problem, and nothing is called unreachable for it", () => {
  const { nodes, ...rest } = aDraft([tell], "start > tell");
  const draft = { ...rest, nodes: nodes.map((node) => (node.id === "start" ? off(node) : node)) };
  expect(problemsOf(draft).map(({ nodeId, code }) => [nodeId, code])).toEqual([["start", "trigger_off"]]);
});

describe("what would have decided", () => {
  const edges = "start > check, check:yes > tell, check:no > done";
  const draft = aDraft([off(check), tell, aNode("end", "done")], edges);

  test("is a condition: it goes on by yes, and what stood on no is left out; both are said", () => {
    expect(published(draft).nodes.map(({ id }) => id)).toEqual(["start", "tell"]);
    expect(warnings(draft)).toEqual([
      ["check", "off_condition", undefined],
      ["done", "left_out", undefined],
    ]);
  });

  test("is an approval: that nobody is asked is said", () => {
    const asked = aDraft([off(aNode("approval", "ask")), tell], "start > ask, ask:approved > tell");
    expect(published(asked).nodes.map(({ id }) => id)).toEqual(["start", "tell"]);
    expect(warnings(asked)).toEqual([["ask", "off_approval", undefined]]);
  });

  test("is a join of the first: that all are waited for is said; one of all decides nothing", () => {
    const joined = (mode: string) =>
      aDraft(
        [aNode("wait", "a"), aNode("wait", "b"), off(aNode("join", "meet", { mode })), tell],
        "start > a, start > b, a > meet, b > meet, meet > tell",
      );
    expect(warnings(joined("first"))).toEqual([["meet", "off_first", undefined]]);
    expect(warnings(joined("all"))).toEqual([]);
  });

  test("what leads elsewhere too stays", () => {
    const both = aDraft([off(check), tell, aNode("end", "done")], `${edges}, tell > done`);
    expect(ways(published(both))).toEqual(["start:next>tell", "tell:next>done"]);
  });

  test("is not an action, whose way on failure is just not taken", () => {
    expect(warnings(aDraft([off(tell), aNode("end", "done")], "start > tell, tell > done"))).toEqual([]);
  });
});

describe("what authors write around a flow", () => {
  const plain = aDraft([tell], "start > tell");
  const written: FlowDraft = {
    ...plain,
    nodes: plain.nodes.map((node) => ({ ...node, comment: "Ask Ana before you change this." })),
    notes: [
      { id: "note1", text: "Ours", position: { x: 0, y: 0 }, size: { width: 200, height: 120 }, colour: "yellow" },
    ],
    groups: [{ id: "group1", title: "Telling", nodeIds: ["tell"], collapsed: true }],
  };

  test("is kept in the draft, and never reaches what is published", () => {
    expect(flowDraftSchema.parse(written)).toEqual(written);
    expect(canonicalJson(published(written))).toBe(canonicalJson(published(plain)));
  });

  test("leaves a draft without any of it as it was, byte for byte", () => {
    expect(JSON.stringify(flowDraftSchema.parse(JSON.parse(JSON.stringify(plain))))).toBe(JSON.stringify(plain));
  });

  test.each([
    ["a comment that is empty", { nodes: [{ ...tell, comment: "" }] }],
    ["a comment that is too long", { nodes: [{ ...tell, comment: "x".repeat(2001) }] }],
    ["a switch that says on", { nodes: [{ ...tell, disabled: false }] }],
    ["a colour of one's own", { notes: [{ ...written.notes?.[0], colour: "#123456" }] }],
    ["a group of nothing", { groups: [{ ...written.groups?.[0], nodeIds: [] }] }],
  ])("%s is refused", (_name, part) => {
    expect(flowDraftSchema.safeParse({ ...plain, ...part }).success).toBe(false);
  });
});
