import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.js";
import { publish, readPublishedFlow } from "./publish.js";
import { nodeTypes, type FlowDraft } from "./schema.js";
import { aCatalogue, connections } from "./testing/a-catalogue.js";
import { aDraft, aNode, problemsOf, published, surroundings, ways } from "./testing/a-flow.js";

const tell = aNode("action", "tell");
const brief = (draft: FlowDraft) => problemsOf(draft).map(({ nodeId, field, code }) => [nodeId, field, code]);
const only = (config: Record<string, unknown>) => aDraft([aNode("action", "tell", config)], "start > tell");
const condition = (when: unknown) =>
  aDraft([aNode("condition", "check", { when }), tell], "start > check, check:yes > tell");

describe("a published flow", () => {
  const draft = aDraft([aNode("end", "b"), tell, aNode("end", "a")], "start > tell, tell > b, tell:failure > a");

  test("stands in topological order, ties by id, with the hash of each action's form", () => {
    const flow = published(draft);
    expect(flow.nodes.map(({ id }) => id)).toEqual(["start", "tell", "a", "b"]);
    expect(flow.actionSchemas).toEqual({ "slack.postMessage@1": "hash of slack.postMessage@1" });
    expect(flow.nodes.every((node) => !("position" in node))).toBe(true);
  });

  test("is the same flow after it was stored as JSON", () => {
    expect(readPublishedFlow(JSON.parse(JSON.stringify(published(draft))))).toEqual(published(draft));
  });

  test.each([
    [null],
    [{}],
    [draft],
    [{ ...published(draft), nodes: [{ id: "x", type: "wait", title: "", config: {} }] }],
  ])("is not made of anything else", (json) => expect(() => readPublishedFlow(json)).toThrow("Invalid"));

  test("has one canonical text, whatever the order of keys", () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: "x" })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
    expect(canonicalJson(published(draft))).toBe(
      canonicalJson(published({ ...draft, edges: draft.edges.toReversed() })),
    );
  });
});

describe("structure", () => {
  test.each<[string, FlowDraft, (string | null)[]]>([
    ["no trigger", { ...aDraft([], ""), nodes: [] }, [null, null, "no_trigger"]],
    [
      "two triggers",
      aDraft([tell, aNode("trigger", "more")], "start > tell, more > tell"),
      ["more", null, "second_trigger"],
    ],
    ["an id twice", aDraft([tell, tell], "start > tell"), ["tell", null, "repeated_id"]],
    ["a retired id", { ...only({}), retiredIds: ["tell"] }, ["tell", null, "retired_id"]],
    ["a loose edge", aDraft([tell], "start > tell, tell > gone"), ["tell", null, "loose_edge"]],
    ["an unknown output", aDraft([tell], "start > tell, start:maybe > tell"), ["start", null, "unknown_output"]],
    ["an edge twice", aDraft([tell], "start > tell, start > tell"), ["start", null, "repeated_edge"]],
    ["a way into the trigger", aDraft([tell], "start > tell, tell > start"), ["tell", null, "into_trigger"]],
    [
      "a step that nothing leads to",
      aDraft([tell, aNode("action", "lost")], "start > tell"),
      ["lost", null, "unreachable"],
    ],
    ["a trigger that leads nowhere", aDraft([], ""), ["start", null, "output_not_connected"]],
    [
      "a wait before nothing",
      aDraft([aNode("wait", "pause")], "start > pause"),
      ["pause", null, "output_not_connected"],
    ],
    [
      "an approval for nothing",
      aDraft([aNode("approval", "ask")], "start > ask"),
      ["ask", null, "output_not_connected"],
    ],
    [
      "a condition before nothing",
      aDraft([aNode("condition", "check")], "start > check"),
      ["check", null, "leads_nowhere"],
    ],
  ])("%s is a problem", (_name, draft, expected) => {
    expect(brief(draft)).toContainEqual(expected);
  });

  test("every step of a circle is named", () => {
    const draft = aDraft([tell, aNode("action", "more")], "start > tell, tell > more, more > tell");
    expect(brief(draft)).toEqual([
      ["tell", null, "cycle"],
      ["more", null, "cycle"],
    ]);
  });

  test("more than 500 steps are a problem", () => {
    const many = Array.from({ length: 500 }, (_node, index) => aNode("action", `n${index}`));
    const draft = { ...aDraft(many, ""), edges: many.flatMap(({ id }) => ways(`start > ${id}`)) };
    expect(brief(draft)).toEqual([[null, null, "too_many_nodes"]]);
  });

  test("a condition's other way, a rejection and an action's end may lead nowhere", () => {
    const draft = aDraft(
      [aNode("condition", "check"), aNode("approval", "ask"), tell],
      "start > check, check:no > ask, ask:approved > tell",
    );
    expect(brief(draft)).toEqual([]);
  });
});

describe("configs", () => {
  test("what is not filled in is named by its field", () => {
    const draft = aDraft(
      [aNode("set", "set", { values: [{ name: "x" }] }), aNode("end", "over", { outcome: "" })],
      "start > set, set > over",
    );
    expect(brief(draft)).toEqual([
      ["set", "values[0].template", "value_missing"],
      ["over", "outcome", "value_missing"],
    ]);
  });

  test("of two forms the one that was meant is read", () => {
    const duration = aDraft(
      [aNode("wait", "pause", { duration: { amount: 0, unit: "hours" } }), tell],
      "start > pause, pause > tell",
    );
    expect(brief(duration)).toEqual([["pause", "duration.amount", "too_little"]]);
    const row = condition({ match: "all", rows: [{ field: "", operator: "equals", value: 1 }] });
    expect(brief(row)).toEqual([["check", "when.rows[0].field", "value_missing"]]);
  });

  test("a new node of every type is either complete or says what it needs", () => {
    for (const type of nodeTypes) {
      const node = { ...aNode(type, "node"), config: {} };
      for (const { message } of problemsOf({ ...aDraft([node], ""), edges: [] }))
        expect(message).toMatch(/^[A-Z].+[.?…]$/u);
    }
  });

  test("a trigger's source must exist", () => {
    const draft = aDraft([tell], "start > tell");
    const trigger = aNode("trigger", "start", { sources: ["survey", "gone"] });
    expect(problemsOf({ ...draft, nodes: [trigger, tell] })).toMatchObject([
      { nodeId: "start", field: "sources", code: "unknown_source", params: { source: "gone" } },
    ]);
  });

  test.each([40, 100.5])("shares that add up to %s + 50 are a problem", (percent) => {
    const shares = [
      { output: "a", title: "A", percent },
      { output: "b", title: "B", percent: 50 },
    ];
    const draft = aDraft([aNode("split", "split", { shares }), tell], "start > split, split:a > tell");
    expect(brief(draft).map(([, , code]) => code)).toContainEqual(percent === 40 ? "split_total" : "too_much");
  });

  test("ways out of a switch need ids of their own", () => {
    const one = { output: "otherwise", title: "One", when: { cel: "true" } };
    const draft = aDraft(
      [aNode("switch", "choose", { cases: [one] }), tell],
      "start > choose, choose:otherwise > tell",
    );
    expect(brief(draft)).toEqual([["choose", "cases", "repeated_output"]]);
  });
});

describe("actions", () => {
  test.each<[string, Record<string, unknown>, [string, string]]>([
    ["no action", { action: "" }, ["action", "value_missing"]],
    ["an unknown action", { action: "slack.dance@1" }, ["action", "unknown_action"]],
    ["no connection", { connectionId: null }, ["connectionId", "connection_missing"]],
    ["an unknown connection", { connectionId: "slack-9" }, ["connectionId", "unknown_connection"]],
    ["a connection to something else", { connectionId: connections.jira }, ["connectionId", "wrong_connection"]],
    ["a field that is needed", { input: { channel: "#cx" } }, ["input.text", "invalid_input"]],
    ["a text that cannot be read", { input: { channel: "#cx", text: "{{ oops" } }, ["input.text", "template_syntax"]],
    [
      "a field that does not exist",
      { input: { channel: "#cx", text: "{{ contact.nme }}" } },
      ["input.text", "unknown_field"],
    ],
    [
      "a field that may be missing",
      { input: { channel: "#cx", text: "{{ contact.name }}" } },
      ["input.text", "field_may_be_missing"],
    ],
  ])("%s is a problem", (_name, config, [field, code]) => {
    expect(brief(only(config))).toEqual([["tell", field, code]]);
  });

  test("an action that needs no connection may do without", () => {
    const request = {
      action: "http.request@1",
      connectionId: null,
      input: { url: "https://example.com/{{ feedback.id }}" },
    };
    expect(brief(only(request))).toEqual([]);
  });

  test("texts within lists and maps are read too", () => {
    const headers = { "X-Score": "{{ feedback.scre }}" };
    const request = { action: "http.request@1", connectionId: null, input: { url: "https://example.com", headers } };
    expect(brief(only(request))).toEqual([["tell", "input.headers.X-Score", "unknown_field"]]);
  });
});

describe("conditions", () => {
  test("a row's problem names the row", () => {
    const when = { match: "all", rows: [{ field: "account.teir", operator: "equals", value: "key" }] };
    expect(brief(condition(when))).toEqual([["check", "when.rows[0]", "unknown_field"]]);
  });

  test("CEL is checked with its types, and its problem has a place", () => {
    expect(problemsOf(condition({ cel: "feedback.id == 3" }))).toMatchObject([
      { nodeId: "check", field: "when", code: "no_such_overload", params: { start: 0, end: 16 } },
    ]);
  });

  test("CEL that reads what may be missing must ask first", () => {
    expect(brief(condition({ cel: "feedback.score < 7" }))).toEqual([["check", "when", "field_may_be_missing"]]);
    expect(brief(condition({ cel: "has(feedback.score) && feedback.score < 7" }))).toEqual([]);
  });

  test("a trigger reads clear fields of the feedback only", () => {
    const withTrigger = (when: unknown): FlowDraft => ({
      ...aDraft([tell], "start > tell"),
      nodes: [aNode("trigger", "start", { when }), tell],
    });
    expect(brief(withTrigger({ cel: "has(contact.email) && contact.email != ''" }))).toEqual([
      ["start", "when", "secret_in_trigger"],
    ]);
    expect(brief(withTrigger({ cel: "run.id == 'x'" }))).toEqual([["start", "when", "unknown_field"]]);
    expect(brief(withTrigger({ cel: "has(account.tier) && account.tier == 'key'" }))).toEqual([]);
  });
});

describe("warnings", () => {
  const below = (when: unknown, metrics: string[] = ["nps"]): FlowDraft => ({
    ...condition(when),
    nodes: [aNode("trigger", "start", { metrics }), aNode("condition", "check", { when }), tell],
  });
  const rows = (operator: string, value: number) => ({
    match: "all",
    rows: [{ field: "feedback.score", operator, value }],
  });
  const warned = (draft: FlowDraft) => publish(draft, surroundings()).warnings.map(({ code }) => code);

  test.each<[unknown]>([
    [rows("lessThan", 6)],
    [rows("atMost", 5)],
    [{ cel: "has(feedback.score) && feedback.score < 6" }],
  ])("%j leaves out the sixes, says so, and may be published", (when) => {
    const result = publish(below(when), surroundings());
    expect(result).toMatchObject({
      ok: true,
      warnings: [
        {
          nodeId: "check",
          field: "when",
          offer: { field: "feedback.category", operator: "equals", value: "detractor" },
        },
      ],
    });
  });

  test("a five of five stars, or below 6.5, leaves nobody out", () => {
    expect(warned(below(rows("lessThan", 6), ["stars"]))).toEqual([]);
    expect(warned(below(rows("lessThan", 6.5)))).toEqual([]);
    expect(warned(below({ cel: "has(feedback.score) && feedback.score < 6.5" }))).toEqual([]);
  });
});

test("a flow of 500 steps is checked in one go", () => {
  const steps = Array.from({ length: 498 }, (_step, index) => aNode("action", `n${index}`));
  const chain = steps.map(({ id }, index) => `${index === 0 ? "start" : `n${index - 1}`} > ${id}`).join(", ");
  expect(problemsOf(aDraft(steps, chain), aCatalogue())).toEqual([]);
});
