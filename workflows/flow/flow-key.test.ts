import { describe, expect, test } from "vitest";
import { baseFields } from "./fields.js";
import { compileKey, type KeyContext } from "./compile-key.js";
import type { FlowKey } from "./flow-key.js";
import { canonicalJson } from "./canonical-json.js";
import { readPublishedFlow } from "./publish.js";
import type { PublishedFlow } from "./schema.js";
import { aDraft, aFlowWithKey, aNode, problemsOf, published } from "./testing/a-flow.js";
import { compileTriggers } from "./triggers.js";

const tell = aNode("action", "tell");
const keyed = (key: unknown) => ({ ...aDraft([], "start > tell"), nodes: [aNode("trigger", "start", { key }), tell] });
const expression = (text: string): FlowKey => ({ by: { expression: text }, then: "queue" });
const nobody: KeyContext = { fields: { feedback: {}, contact: {}, account: {} }, contactId: null, accountId: null };
const feedback = (fields: Record<string, unknown>): KeyContext => ({
  ...nobody,
  fields: { ...nobody.fields, feedback: fields },
});
const valueOf = (key: FlowKey, context: KeyContext) => compileKey(key, baseFields)(context);

describe("what a key is read as", () => {
  test("by contact and by account it is whom the event is about, and nothing where that is nobody", () => {
    const known = { ...nobody, contactId: "ann", accountId: "acme" };
    expect(valueOf({ by: "contact", then: "queue" }, known)).toEqual({ ok: true, value: "contact:ann" });
    expect(valueOf({ by: "account", then: "queue" }, known)).toEqual({ ok: true, value: "account:acme" });
    for (const by of ["contact", "account"] as const)
      expect(valueOf({ by, then: "queue" }, nobody)).toEqual({ ok: true, value: null });
  });

  test("a text, a number, yes or no are told apart by their kind", () => {
    const given = feedback({ score: 5, metric: "5", sourceId: "s" });
    expect(valueOf(expression("feedback.metric"), given)).toEqual({ ok: true, value: "string:5" });
    expect(valueOf(expression("has(feedback.score) ? feedback.score : 0.0"), given)).toEqual({
      ok: true,
      value: "number:5",
    });
    expect(valueOf(expression("1 + 4"), given)).toEqual({ ok: true, value: "number:5" });
    expect(valueOf(expression('feedback.metric == "5"'), given)).toEqual({ ok: true, value: "boolean:true" });
  });

  test("an empty text is no key, a blank one neither", () => {
    for (const metric of ["", "  "])
      expect(valueOf(expression("feedback.metric"), feedback({ metric }))).toEqual({ ok: true, value: null });
  });

  test("what cannot be evaluated is told, never taken for no key", () => {
    expect(valueOf(expression("feedback.product"), feedback({}))).toMatchObject({ ok: false });
    expect(valueOf(expression("1.0 / 0.0"), feedback({}))).toMatchObject({ ok: false });
    expect(valueOf(expression("nothing.like.this"), feedback({}))).toMatchObject({ ok: false });
  });
});

describe("publishing", () => {
  const brief = (key: unknown) => problemsOf(keyed(key)).map(({ nodeId, field, code }) => [nodeId, field, code]);

  test.each([
    [{ by: "contact", then: "queue" }],
    [{ by: "account", then: "replace" }],
    [expression("feedback.source")],
    [expression('has(feedback.product) ? feedback.product : ""')],
    [expression("feedback.metric == 'nps'")],
  ])("takes %j", (key) => expect(brief(key)).toEqual([]));

  test.each([
    ["an unknown field", "feedback.nope", "no_such_key"],
    ["a list", "[feedback.metric]", "not_a_key"],
    ["a time", "feedback.occurredAt", "not_a_key"],
    ["a secret field", "has(contact.email) ? contact.email : ''", "secret_in_trigger"],
    ["a field that may be missing", "feedback.product", "field_may_be_missing"],
  ])("does not take %s", (_name, text, code) => {
    const codes = brief(expression(text));
    expect(codes).toHaveLength(1);
    expect(codes[0]).toEqual(["start", "key.by.expression", code === "no_such_key" ? expect.any(String) : code]);
  });

  test("knows nothing but the event: no run, no time, no step", () => {
    for (const text of ["run.id", "string(now)", "steps.tell.ts"])
      expect(brief(expression(text)).map(([, field]) => field)).toContain("key.by.expression");
  });

  test("names an expression that is not written yet, and what is no key at all", () => {
    expect(brief(expression(""))).toEqual([["start", "key.by.expression", "value_missing"]]);
    expect(brief({ by: "contact", then: "shout" })).toEqual([["start", "key.then", "wrong_value"]]);
  });

  test("leaves a flow without a key as it was, byte for byte", () => {
    const flow = published(aDraft([tell], "start > tell"));
    expect(canonicalJson(flow)).not.toContain("key");
    expect(canonicalJson(readPublishedFlow(JSON.parse(JSON.stringify(flow))))).toBe(canonicalJson(flow));
  });
});

describe("a trigger with a key", () => {
  const entry = (flowId: string, flow: PublishedFlow) => ({ flowId, versionId: `${flowId}-1`, flow });
  const triggers = compileTriggers([
    entry("plain", published(aDraft([tell], "start > tell"))),
    entry("contact", aFlowWithKey({ by: "contact", then: "queue" }, [tell], "start > tell")),
    entry(
      "ratio",
      aFlowWithKey(expression("10 / int(has(feedback.score) ? feedback.score : 0.0)"), [tell], "start > tell"),
    ),
  ]);
  const match = (score: number | null, contactId: string | null) => {
    const { matched, undecided } = triggers.match({ feedback: { sourceId: "shop", metric: "nps", score }, contactId });
    return {
      keys: Object.fromEntries(matched.map(({ flowId, key }) => [flowId, key])),
      undecided: undecided.map(({ entry: { flowId }, part }) => [flowId, part]),
    };
  };

  test("gives it with the match; a flow without one has none", () => {
    expect(match(5, "ann").keys).toEqual({ plain: null, contact: "contact:ann", ratio: "number:2" });
    expect(match(5, null).keys).toEqual({ plain: null, contact: null, ratio: "number:2" });
  });

  test("could not be judged where its key cannot be read", () => {
    expect(match(0, "ann")).toEqual({ keys: { plain: null, contact: "contact:ann" }, undecided: [["ratio", "key"]] });
  });
});
