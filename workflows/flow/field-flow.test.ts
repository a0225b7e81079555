import { expect, test } from "vitest";
import { fieldsAt } from "./field-flow.js";
import { nodeTypes, type FlowDraft } from "./schema.js";
import { aCatalogue } from "./testing/a-catalogue.js";
import { aDraft, aNode } from "./testing/a-flow.js";

const catalogue = aCatalogue();
const action = (id: string) => aNode("action", id);

/** "certain", "optional" or "none". */
function presence(draft: FlowDraft, nodeId: string, path: string): string {
  const field = fieldsAt(draft, nodeId, catalogue).find((known) => known.path === path);
  if (!field) return "none";
  return field.optional ? "optional" : "certain";
}

test("a node reads what came before it, and nothing beside or after it", () => {
  const draft = aDraft([action("a"), action("b"), action("c")], "start > a, a > b, start > c");
  expect(presence(draft, "b", "steps.a.ts")).toBe("certain");
  expect(presence(draft, "a", "steps.a.ts")).toBe("none");
  expect(presence(draft, "c", "steps.a.ts")).toBe("none");
  expect(presence(draft, "a", "run.url")).toBe("certain");
});

test("after a condition, what only one way gives is optional", () => {
  const draft = aDraft(
    [aNode("condition", "check"), action("a"), action("b"), action("c")],
    "start > check, check:yes > a, check:no > b, a > c, b > c",
  );
  expect(presence(draft, "c", "steps.a.ts")).toBe("optional");
});

test("after parallel ways that are all waited for, everything is certain", () => {
  const parallel = "start > check, check:yes > a, check:yes > b, a > c, b > c";
  const draft = aDraft([aNode("condition", "check"), action("a"), action("b"), action("c")], parallel);
  expect(presence(draft, "c", "steps.a.ts")).toBe("certain");
  expect(presence(draft, "c", "steps.b.ts")).toBe("certain");
});

test("a join that goes on with the first makes the others' fields optional", () => {
  const draft = aDraft(
    [action("a"), action("b"), aNode("join", "first", { mode: "first" }), action("c")],
    "start > a, start > b, a > first, b > first, first > c",
  );
  expect(presence(draft, "c", "steps.a.ts")).toBe("optional");
});

test("the way 'on failure' has the error and not the output; where both meet, neither is certain", () => {
  const draft = aDraft([action("a"), action("b"), action("c")], "start > a, a:failure > b, a > c, b > c");
  expect(presence(draft, "b", "steps.a.error")).toBe("certain");
  expect(presence(draft, "b", "steps.a.ts")).toBe("optional");
  expect(presence(draft, "c", "steps.a.ts")).toBe("optional");
});

test("a failure that leads nowhere does not make the output optional", () => {
  const draft = aDraft([action("a"), action("b"), action("c")], "start > a, start > b, a > c, b > c");
  expect(presence(draft, "c", "steps.a.ts")).toBe("certain");
});

test("a field that a condition compared is certain on the way 'yes'", () => {
  const draft = aDraft(
    [aNode("condition", "check"), action("a"), action("b")],
    "start > check, check:yes > a, check:no > b",
  );
  expect(presence(draft, "check", "feedback.score")).toBe("optional");
  expect(presence(draft, "a", "feedback.score")).toBe("certain");
  expect(presence(draft, "b", "feedback.score")).toBe("optional");
});

test("of rows of which any may be true, only what all of them compare is certain", () => {
  const score = { field: "feedback.score", operator: "atMost", value: 6 };
  const tier = { field: "account.tier", operator: "equals", value: "key" };
  const both = { match: "all", rows: [score, tier] };
  const check = aNode("condition", "check", { when: { match: "any", rows: [score, both] } });
  const draft = aDraft([check, action("a")], "start > check, check:yes > a");
  expect(presence(draft, "a", "feedback.score")).toBe("certain");
  expect(presence(draft, "a", "account.tier")).toBe("optional");
});

test("an approval's decision is certain wherever it was answered, its reason never", () => {
  const all = "start > ask, ask:approved > a, ask:rejected > a, ask:expired > a, ask:approved > b";
  const draft = aDraft([aNode("approval", "ask"), action("a"), action("b")], all);
  expect(presence(draft, "a", "steps.ask.decision")).toBe("certain");
  expect(presence(draft, "a", "steps.ask.decidedBy")).toBe("optional");
  expect(presence(draft, "b", "steps.ask.decidedBy")).toBe("certain");
  expect(presence(draft, "b", "steps.ask.reason")).toBe("optional");
});

test("a value is certain if one of two nodes certainly sets it", () => {
  const draft = aDraft(
    [aNode("set", "first"), aNode("condition", "check"), aNode("set", "second"), action("a")],
    "start > first, first > check, check:yes > second, check:no > a, second > a",
  );
  expect(presence(draft, "a", "values.greeting")).toBe("certain");
});

test("an unfinished draft has fields too", () => {
  const unfinished = nodeTypes.map((type) => ({ ...aNode(type, type), config: {} }));
  const draft = aDraft(unfinished, unfinished.map(({ id }) => `start > ${id}, ${id} > end`).join(", "));
  expect(fieldsAt(draft, "end", catalogue).length).toBeGreaterThanOrEqual(catalogue.fields.length);
});

test("a ladder of a hundred parallel rungs is understood at once", () => {
  const rungs = Array.from({ length: 100 }, (_rung, index) => index);
  const drawn = rungs.flatMap((rung) => [
    action(`a${rung}`),
    action(`b${rung}`),
    aNode("join", `j${rung}`, { mode: "all" }),
  ]);
  const edges = rungs.map((rung) => {
    const from = rung === 0 ? "check:yes" : `j${rung - 1}`;
    return `${from} > a${rung}, ${from} > b${rung}, a${rung} > j${rung}, b${rung} > j${rung}`;
  });
  const draft = aDraft(
    [aNode("condition", "check"), ...drawn, action("last")],
    `start > check, check:no > last, j99 > last, ${edges.join(", ")}`,
  );
  expect(presence(draft, "last", "steps.a0.ts")).toBe("optional");
  expect(presence(draft, "j99", "steps.a0.ts")).toBe("certain");
});
