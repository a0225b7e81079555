import { describe, expect, it } from "vitest";
import { aFlow, aNode, published, ways } from "../testing/a-flow.js";
import { aContext, aWorld } from "../testing/a-world.js";
import type { FlowContext } from "../catalogue.js";
import type { PublishedFlow } from "../schema.js";
import type { Pins } from "./pin.js";
import { tryFlow } from "./try-flow.js";

const ticket = (input: object = {}) =>
  aNode("action", "ticket", {
    action: "jira.createIssue@1",
    connectionId: "jira-1",
    input: { project: "SUP", summary: "NPS {{ feedback.score }}", ...input },
  });
const flow = aFlow(
  [
    aNode("condition", "check"),
    ticket(),
    aNode("approval", "ask"),
    aNode("action", "post", { input: { channel: "#cx", text: "See {{ steps.ticket.key }}" } }),
    aNode("end", "other"),
  ],
  "start > check, check:yes > ticket, check:no > other, ticket > ask, ask:approved > post",
);
const said = (feedback: object): FlowContext => aContext({ feedback: { ...aContext().feedback, ...feedback } });
const tried = (pins: Pins = {}, context = aContext(), of: PublishedFlow = flow) =>
  tryFlow(of, aWorld({ context }), pins);

describe("a try of a flow that is started", () => {
  const start = { kind: "call", fields: [{ name: "reason", title: "Reason", type: "string", required: true }] };
  const startedFlow = published({
    schemaVersion: 1,
    retiredIds: [],
    nodes: [
      aNode("trigger", "start", { start }),
      aNode("action", "post", { input: { channel: "#cx", text: "{{ start.reason }}" } }),
      aNode("condition", "check", { when: { cel: 'start.reason == "late"' } }),
    ],
    edges: ways("start > check, check:yes > post"),
  });

  it("does not begin by feedback, and says what starts it", () => {
    const { whyNot, path } = tried({}, aContext(), startedFlow);
    expect(whyNot).toEqual({ kind: "started", by: "call" });
    expect(path).toEqual([]);
  });

  it("begins by a start, whose fields each step reads", () => {
    const started = aContext({ start: { at: "2026-03-02T08:00:00.000Z", by: "Ana", reason: "late" } });
    const { whyNot, cameIn } = tried({}, started, startedFlow);
    expect(whyNot).toBeNull();
    expect(cameIn).toMatchObject({ check: { "start.reason": "late" }, post: { "start.reason": "late" } });
  });
});

describe("a try", () => {
  it("goes the way that the event takes, and keeps what each step read and what each effect would be given", () => {
    const { whyNot, path, cameIn, effects, view } = tried();
    expect(whyNot).toBeNull();
    expect(path).toEqual(["start", "check", "ticket", "ask", "post"]);
    expect(cameIn).toMatchObject({
      check: { "feedback.score": 3 },
      ticket: { "feedback.score": 3 },
      post: { "steps.ticket.key": "key" },
    });
    expect(effects.find(({ nodeId }) => nodeId === "ticket")?.input).toEqual({ project: "SUP", summary: "NPS 3" });
    expect(view.state).toBe("finished");
  });

  it("takes a step's output from its pin, and later steps read it", () => {
    const { effects } = tried({ ticket: { kind: "done", output: { key: "SUP-7" } } });
    expect(effects.findLast(({ nodeId }) => nodeId === "post")?.input).toMatchObject({ text: "See SUP-7" });
  });

  it("stands still where a pinned system refuses and nothing is drawn for that", () => {
    const { view, path } = tried({ ticket: { kind: "failed", code: "project_closed" } });
    expect(view.steps["ticket"]).toMatchObject({ state: "stuck", stuck: { code: "project_closed" } });
    expect(view.state).toBe("stuck");
    expect(path).toEqual(["start", "check", "ticket"]);
  });

  it("decides as pinned", () => {
    const { view, path } = tried({ ask: { kind: "decided", output: "rejected" } });
    expect(view.steps["ask"]?.output).toBe("rejected");
    expect(path).not.toContain("post");
  });
});

describe("an event that does not start the flow", () => {
  const trigger = (config: object): PublishedFlow => {
    const drawn = aFlow([aNode("end", "end")], "start > end");
    const nodes = drawn.nodes.map((node) =>
      node.type === "trigger" ? { ...node, config: { ...node.config, ...config } } : node,
    );
    return { ...drawn, nodes };
  };
  const when = { match: "all", rows: [{ field: "feedback.score", operator: "atMost", value: 6 }] };

  it.each([
    ["its source", { sources: ["another"] }, {}, { kind: "source", sources: ["another"] }],
    ["its metric", { metrics: ["csat"] }, {}, { kind: "metric", metrics: ["csat"] }],
    ["a condition", { when }, { score: 9 }, { kind: "condition", when, read: { "feedback.score": 9 } }],
    [
      "a condition on what is missing",
      { when },
      { score: null },
      { kind: "condition", read: { "feedback.score": null } },
    ],
  ])("is told apart by %s, and nothing is carried out", (_, config, feedback, why) => {
    const { whyNot, facts, path } = tried({}, said(feedback), trigger(config));
    expect(whyNot).toMatchObject(why);
    expect([facts, path]).toEqual([[], []]);
  });

  it("of an employee is judged without their words, as in earnest", () => {
    const byWords = { match: "all", rows: [{ field: "feedback.language", operator: "equals", value: "en" }] };
    const { whyNot } = tried({}, said({ domain: "employee" }), trigger({ when: byWords }));
    expect(whyNot).toMatchObject({ kind: "condition", read: { "feedback.language": null } });
  });
});
