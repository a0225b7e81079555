import { describe, expect, test } from "vitest";
import type { Condition } from "./parts.js";
import type { PublishedFlow } from "./schema.js";
import { aDraft, aNode, published } from "./testing/a-flow.js";
import { compileTriggers, type TriggerEntry } from "./triggers.js";

const tell = aNode("action", "tell");
const triggered = (config: Record<string, unknown>): PublishedFlow =>
  published({ ...aDraft([], "start > tell"), nodes: [aNode("trigger", "start", config), tell] });
const entry = (flowId: string, config: Record<string, unknown>): TriggerEntry => ({
  flowId,
  versionId: `${flowId}-1`,
  flow: triggered(config),
});
const below7: Condition = { match: "all", rows: [{ field: "feedback.score", operator: "lessThan", value: 7 }] };
const key: Condition = { match: "all", rows: [{ field: "account.tier", operator: "equals", value: "key" }] };

const triggers = compileTriggers([
  entry("everything", {}),
  entry("survey", { sources: ["survey"] }),
  entry("nps", { metrics: ["nps", "csat"] }),
  entry("survey-nps", { sources: ["survey"], metrics: ["nps"] }),
  entry("unhappy", { metrics: ["nps"], when: below7 }),
  entry("key", { when: key }),
  entry("broken", { when: { cel: "10 / int(has(feedback.score) ? feedback.score : 0.0) > 1" } }),
]);
const matched = (feedback: Record<string, unknown>, account?: Record<string, unknown>) => {
  const { matched: found, undecided } = triggers.match({ feedback, ...(account && { account }) });
  return {
    found: found.map(({ flowId }) => flowId).toSorted(),
    undecided: undecided.map(({ entry }) => entry.flowId),
  };
};

test("a trigger is found by its source, its metric and its condition", () => {
  expect(matched({ sourceId: "survey", metric: "nps", score: 3 }, { tier: "key" })).toEqual({
    found: ["broken", "everything", "key", "nps", "survey", "survey-nps", "unhappy"],
    undecided: [],
  });
  expect(matched({ sourceId: "shop", metric: "stars", score: 10 }).found).toEqual(["everything"]);
});

test("a response without a score matches no condition on it", () => {
  expect(matched({ sourceId: "shop", metric: "nps", score: null }).found).not.toContain("unhappy");
});

test("what could not be judged is told apart from what did not match", () => {
  const { undecided } = triggers.match({ feedback: { sourceId: "shop", metric: "stars", score: 0 } });
  expect(undecided).toMatchObject([{ entry: { flowId: "broken" }, message: "division by zero" }]);
  expect(matched({ sourceId: "shop", metric: "stars", score: 0 })).toEqual({
    found: ["everything"],
    undecided: ["broken"],
  });
});

test("secret fields do not exist for a trigger", () => {
  const sneaky: PublishedFlow = {
    ...triggered({}),
    nodes: triggered({}).nodes.map((node) =>
      node.type === "trigger" ? { ...node, config: { ...node.config, when: { cel: "contact.email == 'x'" } } } : node,
    ),
  };
  const { match } = compileTriggers([{ flowId: "sneaky", versionId: "1", flow: sneaky }]);
  expect(match({ feedback: {}, contact: { email: "x" } })).toMatchObject({
    matched: [],
    undecided: [{ entry: { flowId: "sneaky" } }],
  });
});

describe("of employees", () => {
  const ofAccount = { contactId: "ada", account: { tier: "key" } };
  const said = (domain: string) => ({ sourceId: "pulse", metric: "nps", score: 3, product: "Legal", domain });
  const asks = (field: string, operator: string, value: unknown) => ({
    when: { match: "all", rows: [{ field, operator, value }] },
    key: { by: "contact", then: "queue" },
  });
  const { match } = compileTriggers([
    entry("low", asks("feedback.score", "lessThan", 7)),
    entry("legal", asks("feedback.product", "equals", "Legal")),
    entry("key", asks("account.tier", "equals", "key")),
  ]);
  const started = (domain: string) => match({ feedback: said(domain), ...ofAccount }).matched;

  test("a trigger knows the score, and not what tells one of them apart", () => {
    expect(
      started("customer")
        .map(({ flowId }) => flowId)
        .toSorted(),
    ).toEqual(["key", "legal", "low"]);
    expect(started("employee").map(({ flowId }) => flowId)).toEqual(["low"]);
  });

  test("runs wait for runs of employees only: a customer's would tell who the employee is", () => {
    const keyOf = (domain: string) => started(domain).find(({ flowId }) => flowId === "low")?.key;
    expect([keyOf("customer"), keyOf("employee")]).toEqual(["contact:ada", "employee contact:ada"]);
  });
});
