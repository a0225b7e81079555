import { describe, expect, test } from "vitest";
import { evaluate, type World } from "./evaluate.js";
import { fold } from "./fold.js";
import { plan } from "./interpreter.js";
import type { DraftNode } from "./schema.js";
import { aFlow, aNode } from "./testing/a-flow.js";
import { aContext, aWorld } from "./testing/a-world.js";
import { factList, started } from "./testing/facts.js";

function factsOf(node: DraftNode, output: string, world: Partial<World>) {
  const flow = aFlow([node, aNode("action", "after")], `start > node, node:${output} > after`);
  const run = factList(started);
  const command = plan(flow, run).find(({ kind }) => kind === "evaluate");
  if (command?.kind !== "evaluate") throw new Error("Nothing to evaluate.");
  return evaluate(fold(flow, run), command, aWorld(world)).facts;
}

describe("what an employee said", () => {
  const byEmployee = { context: aContext({ feedback: { ...aContext().feedback, domain: "employee" } }) };
  const row = (field: string, operator: string, value: unknown = null) => ({
    when: { match: "all", rows: [{ field, operator, value }] },
  });
  const wayOf = (config: object, world: Partial<World>) =>
    factsOf(aNode("condition", "node", { ...config }), "yes", world)[0]?.data;

  test.each([
    ["contact.email", "equals", "ada@example.com"],
    ["feedback.comment", "contains", "export"],
    ["account.tier", "equals", "key"],
    ["feedback.language", "equals", "en"],
    ["feedback.product", "isNotEmpty", null],
  ])("%s is as if it had not been sent", (field, operator, value) => {
    expect(wayOf(row(field, operator, value), {})).toEqual({ output: "yes" });
    expect(wayOf(row(field, operator, value), byEmployee)).toEqual({ output: "no" });
    expect(wayOf(row(field, "isEmpty"), byEmployee)).toEqual({ output: "yes" });
  });

  test("no mask takes its place, which would be found or differ", () => {
    expect(wayOf(row("feedback.comment", "contains", "comment"), byEmployee)).toEqual({ output: "no" });
    expect(wayOf(row("contact.name", "notEquals", "Bob"), byEmployee)).toEqual({ output: "no" });
    const typed = { when: { cel: 'has(contact.name) && contact.name != "Bob"' } };
    expect(wayOf(typed, byEmployee)).toEqual({ output: "no" });
  });

  test("the score goes on saying where a run goes, and the time does by its day", () => {
    expect(wayOf(row("feedback.score", "atMost", 3), byEmployee)).toEqual({ output: "yes" });
    const before = row("feedback.occurredAt", "lessThan", "2026-03-02T07:00:00Z");
    expect(wayOf(before, {})).toEqual({ output: "no" });
    expect(wayOf(before, byEmployee)).toEqual({ output: "yes" });
  });

  test("a switch tells nobody apart either", () => {
    const cases = [{ output: "bob", title: "Bob", ...row("contact.email", "equals", "ada@example.com") }];
    const facts = factsOf(aNode("switch", "node", { cases }), "bob", byEmployee);
    expect(facts).toMatchObject([{ data: { output: "otherwise" } }]);
  });
});
