import { describe, expect, it } from "vitest";
import type { DraftNode, FlowDraft } from "../schema.js";
import { aDraft, aNode } from "../testing/a-flow.js";
import { aContext, aWorld } from "../testing/a-world.js";
import type { Pins } from "../try/pin.js";
import { previewStep, startsFlow } from "./preview-step.js";

const low = { field: "feedback.score", operator: "atMost", value: 6 };
const tell = (text: string) => aNode("action", "tell", { input: { channel: "#cx", text } });
const said = (feedback: object) => aContext({ feedback: { ...aContext().feedback, ...feedback } });
const alone = (node: DraftNode) => aDraft([node], `start > ${node.id}`);
function previewOf(draft: FlowDraft, nodeId: string, { context = aContext(), pins = {}, chance = 0 } = {}) {
  const preview = previewStep(draft, nodeId, aWorld({ context, chance: () => chance }), pins);
  if (!preview) throw new Error("no such step");
  return preview;
}
const textIn = (text: string, context = aContext()) =>
  previewOf(alone(tell(text)), "tell", { context }).texts["input.text"];

describe("a text", () => {
  it("is shown as it becomes on the event", () => {
    expect(textIn("NPS {{ feedback.score }} from {{ contact.name }}")).toEqual({
      text: "NPS 3 from Ada",
      isExample: false,
      problem: null,
    });
  });

  it("says what is missing, by its path", () => {
    expect(textIn("{{ feedback.product }}", said({ product: null }))?.problem).toMatchObject({
      code: "missing_field",
      path: "feedback.product",
    });
  });

  it("is masked as the step masks what colleagues read, unless the step shows it", () => {
    const ask = (config: object) =>
      previewOf(alone(aNode("approval", "ask", { text: "{{ feedback.comment }}", ...config })), "ask", {
        context: said({ comment: "Write to bob@example.com" }),
      }).texts["text"]?.text;
    expect(ask({})).not.toContain("bob@example.com");
    expect(ask({ showsPersonalData: true })).toContain("bob@example.com");
  });

  it("stands as it was said where the action masks nothing", () => {
    const form = { action: "jira.createIssue@1", input: { project: "SUP", summary: "{{ feedback.comment }}" } };
    const context = said({ comment: "Write to bob@example.com" });
    expect(previewOf(alone(aNode("action", "ticket", form)), "ticket", { context }).texts["input.summary"]?.text).toBe(
      "Write to bob@example.com",
    );
    expect(textIn("{{ feedback.comment }}", context)).not.toContain("bob@example.com");
  });

  it("is shown while the rest of the form is empty", () => {
    const ask = aNode("approval", "ask", { connectionId: "", channel: "", text: "Score {{ feedback.score }}" });
    expect(previewOf(alone(ask), "ask").texts["text"]?.text).toBe("Score 3");
  });

  it("is not shown while it is not written to its end, nor where it says itself", () => {
    expect(textIn("{{ feedback.sc")).toBeUndefined();
    expect(textIn("Hello")).toBeUndefined();
  });

  it("is cut where it is long", () => {
    expect(textIn("{{ feedback.comment }}", said({ comment: "x".repeat(3000) }))?.text).toHaveLength(2001);
  });
});

describe("what earlier steps give", () => {
  const ticket = aNode("action", "ticket", {
    action: "jira.createIssue@1",
    connectionId: "jira-1",
    input: { project: "SUP", summary: "S" },
  });
  const draft = aDraft([ticket, tell("See {{ steps.ticket.key }}")], "start > ticket, ticket > tell");

  it("is an example, and is said to be one", () => {
    expect(previewOf(draft, "tell").texts["input.text"]).toEqual({ text: "See key", isExample: true, problem: null });
  });

  it("is what was pinned", () => {
    const pins: Pins = { ticket: { kind: "done", output: { key: "SUP-7" } } };
    const { texts, values } = previewOf(draft, "tell", { pins });
    expect(texts["input.text"]).toEqual({ text: "See SUP-7", isExample: false, problem: null });
    expect(values["steps.ticket.key"]).toBe("SUP-7");
  });

  it("is an example again where the step is pinned to fail", () => {
    const { texts } = previewOf(draft, "tell", { pins: { ticket: { kind: "failed", code: "closed" } } });
    expect(texts["input.text"]).toEqual({ text: "See key", isExample: true, problem: null });
  });

  it("is missing where the step is not filled in", () => {
    const half = { ...ticket, config: { ...ticket.config, connectionId: 5 } };
    const { arrival, texts } = previewOf(
      { ...draft, nodes: draft.nodes.map((n) => (n === ticket ? half : n)) },
      "tell",
    );
    expect(arrival).toBe("unknown");
    expect(texts["input.text"]?.problem?.path).toBe("steps.ticket.key");
  });

  it("is nothing of a step that is switched off", () => {
    const off = draft.nodes.map((node) => (node.id === "ticket" ? { ...node, disabled: true as const } : node));
    expect(previewOf({ ...draft, nodes: off }, "tell").values).not.toHaveProperty(["steps.ticket.key"]);
  });
});

describe("a condition", () => {
  const check = (when: object) => previewOf(alone(aNode("condition", "check", { when })), "check");

  it("holds or not, row by row and as a whole, and the way out is told", () => {
    const product = { field: "feedback.product", operator: "equals", value: "Web" };
    const { conditions, way } = check({ match: "all", rows: [low, { match: "any", rows: [product, low] }, product] });
    expect(Object.entries(conditions).map(([path, { holds }]) => [path, holds])).toEqual([
      ["when", false],
      ["when.rows[0]", true],
      ["when.rows[1]", true],
      ["when.rows[1].rows[0]", false],
      ["when.rows[1].rows[1]", true],
      ["when.rows[2]", false],
    ]);
    expect(way).toBe("no");
  });

  it("tells of its finished rows while another is not finished", () => {
    const { conditions, way } = check({ match: "all", rows: [low, { ...low, value: null }] });
    expect(Object.keys(conditions)).toEqual(["when.rows[0]"]);
    expect(way).toBeNull();
  });

  it("that is an expression is judged, and one that reads what is missing is not taken for no", () => {
    expect(check({ cel: "feedback.score < 6.0" }).conditions["when"]).toEqual({ holds: true, problem: null });
    const draft = alone(aNode("condition", "check", { when: { cel: "feedback.score < 6.0" } }));
    const { conditions } = previewOf(draft, "check", { context: said({ score: null }) });
    expect(conditions["when"]).toMatchObject({
      holds: null,
      problem: { code: "missing_field", path: "feedback.score" },
    });
  });
});

describe("a choice", () => {
  it("of several cases tells of each, and which is taken", () => {
    const cases = [
      { output: "a", title: "A", when: { cel: "feedback.score > 6.0" } },
      { output: "b", title: "B", when: { cel: "true" } },
    ];
    const { conditions, way } = previewOf(alone(aNode("switch", "which", { cases })), "which");
    expect(conditions).toMatchObject({ "cases[0].when": { holds: false }, "cases[1].when": { holds: true } });
    expect(way).toBe("b");
  });

  it("by share is drawn as it would be", () => {
    const draft = alone(aNode("split", "half"));
    expect([0.2, 0.7].map((chance) => previewOf(draft, "half", { chance }).way)).toEqual(["a", "b"]);
  });

  it("of a wait is when it is over", () => {
    expect(previewOf(alone(aNode("wait", "rest")), "rest").until).toBe("2026-03-02T10:00:00.000Z");
  });
});

describe("an event that does not come to the step", () => {
  const hello = aNode("set", "hello", { values: [{ name: "greeting", template: "Dear {{ contact.name }}" }] });
  const check = aNode("condition", "check", { when: { match: "all", rows: [low] } });
  const draft = aDraft([check, hello, tell("{{ values.greeting }}")], "start > check, check:yes > hello, hello > tell");

  it("comes by itself where it does", () => {
    expect(previewOf(draft, "tell").arrival).toBe("here");
  });

  it("is shown as if it did, and that is told", () => {
    const { arrival, texts, way } = previewOf(draft, "tell", { context: said({ score: 9 }) });
    expect(arrival).toBe("elsewhere");
    expect(texts["input.text"]?.text).toBe("Dear Ada");
    expect(way).toBeNull();
  });

  it("behind a failure, or a refusal, is shown with that", () => {
    const late = aDraft(
      [tell("Hello"), aNode("approval", "ask"), aNode("set", "note", { values: [{ name: "x", template: words }] })],
      "start > tell, tell:failure > ask, ask:rejected > note",
    );
    const { arrival, texts } = previewOf(late, "note");
    expect(arrival).toBe("elsewhere");
    expect(texts["values[0].template"]?.text).toBe("rejected");
  });

  it("behind what a pin rules out is shown as if nothing did, and keeps what other pins say", () => {
    const ask = aNode("approval", "ask");
    const ticket = aNode("action", "ticket", {
      action: "jira.createIssue@1",
      connectionId: "jira-1",
      input: { project: "SUP", summary: "S" },
    });
    const text = "{{ steps.ask.decision }} {{ steps.ticket.key }}";
    const drawn = aDraft([ask, ticket, tell(text)], "start > ask, ask:approved > ticket, ticket > tell");
    const pinned = (pins: Pins) => {
      const { arrival, texts } = previewOf(drawn, "tell", { pins });
      return [arrival, texts["input.text"]?.text];
    };
    const done = { kind: "done", output: { key: "SUP-7" } } as const;
    expect(pinned({ ask: { kind: "decided", output: "rejected" }, ticket: done })).toEqual([
      "elsewhere",
      "approved SUP-7",
    ]);
    expect(pinned({ ticket: { kind: "failed", code: "closed" } })).toEqual(["elsewhere", "approved key"]);
  });

  it("behind a failure is shown with the one that is pinned", () => {
    const drawn = aDraft(
      [check, tell("Hello"), aNode("set", "note", { values: [{ name: "x", template: "{{ steps.tell.error }}" }] })],
      "start > check, check:yes > tell, tell:failure > note",
    );
    const noteWith = (pins: Pins) =>
      previewOf(drawn, "note", { context: said({ score: 9 }), pins }).texts["values[0].template"];
    expect(noteWith({})).toMatchObject({ text: "failed", isExample: true });
    expect(noteWith({ tell: { kind: "failed", code: "closed" } })).toMatchObject({ text: "closed", isExample: false });
  });

  it("because it does not start the flow says so", () => {
    const trigger = aNode("trigger", "start", { metrics: ["csat"] });
    const csat = { ...draft, nodes: draft.nodes.map((node) => (node.id === "start" ? trigger : node)) };
    expect(previewOf(csat, "tell").arrival).toBe("notStarted");
    expect(startsFlow(csat, aContext())).toBe(false);
    expect(startsFlow(draft, aContext())).toBe(true);
  });

  it("is not judged by a trigger that is not filled in", () => {
    const nodes = draft.nodes.map((node) => (node.id === "start" ? { ...node, config: { sources: "all" } } : node));
    expect(startsFlow({ ...draft, nodes }, aContext())).toBeNull();
  });
});

const words = "{{ steps.ask.decision }}";

it("a step on a circle, or that nothing leads to, is shown all the same; one that is not there is not", () => {
  const circle = aDraft([tell("{{ feedback.score }}"), aNode("wait", "rest")], "tell > rest, rest > tell");
  expect(previewOf(circle, "tell").texts["input.text"]?.text).toBe("3");
  expect(previewOf(aDraft([tell("{{ feedback.score }}")], ""), "tell").texts["input.text"]?.text).toBe("3");
  expect(previewStep(circle, "gone", aWorld(), {})).toBeNull();
});

it("of what an employee said, the values beside the fields show neither who nor what", () => {
  const context = said({ domain: "employee", comment: "My manager shouts" });
  const { values } = previewOf(alone(tell("")), "tell", { context });
  expect(values).toMatchObject({ "contact.name": "[name]", "feedback.comment": "[comment]" });
});

it("the values of the fields are told, those that are there", () => {
  const { values } = previewOf(alone(tell("")), "tell", { context: said({ product: null, comment: "x".repeat(200) }) });
  expect(values).toMatchObject({ "feedback.score": 3, "contact.name": "Ada" });
  expect(values).not.toHaveProperty(["feedback.product"]);
  expect(String(values["feedback.comment"])).toHaveLength(121);
});
