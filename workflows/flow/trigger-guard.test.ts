import fc from "fast-check";
import { expect, test } from "vitest";
import type { FieldSpec } from "./catalogue.js";
import { compileCondition } from "./expression.js";
import { createGuardedList } from "./guarded-list.js";
import type { ConditionGroup } from "./parts.js";
import { guardOf } from "./trigger-guard.js";

const spec = (path: string, type: FieldSpec["type"], optional: boolean): FieldSpec => ({
  path,
  title: path,
  type,
  dataClass: "clear",
  optional,
});
const fields = [
  spec("feedback.product", "string", true),
  spec("feedback.source", "string", false),
  spec("feedback.score", "number", true),
  spec("feedback.vip", "boolean", true),
];
const row = (field: string, operator: string, value: unknown) =>
  ({ field, operator, value }) as ConditionGroup["rows"][number];
const all = (...rows: ConditionGroup["rows"]): ConditionGroup => ({ match: "all", rows });

test("the row that allows the fewest values is the guard", () => {
  const when = all(row("feedback.score", "lessThan", 6), row("feedback.product", "oneOf", ["App", "Shop"]), {
    match: "any",
    rows: [row("feedback.source", "equals", "mail")],
  });
  expect(guardOf(when, fields)).toMatchObject({ field: { path: "feedback.source" }, values: ["mail"] });
});

test("nothing is sure where any of several rows may hold, where CEL is typed, or where nothing is compared exactly", () => {
  const either: ConditionGroup = {
    match: "any",
    rows: [row("feedback.product", "equals", "App"), row("feedback.score", "lessThan", 6)],
  };
  for (const when of [null, { cel: "feedback.score < 6.0" }, either, all(row("feedback.score", "lessThan", 6))])
    expect(guardOf(when, fields)).toBeNull();
});

const text = fc.constantFrom("a", "b", "c");
const anyRow = fc.oneof(
  fc.tuple(fc.constantFrom("feedback.product", "feedback.source"), fc.constantFrom("equals", "notEquals"), text),
  fc.tuple(
    fc.constantFrom("feedback.product", "feedback.source"),
    fc.constant("oneOf"),
    fc.array(text, { minLength: 1, maxLength: 3 }),
  ),
  fc.tuple(
    fc.constant("feedback.score"),
    fc.constantFrom("equals", "lessThan", "atLeast"),
    fc.integer({ min: 0, max: 3 }),
  ),
  fc.tuple(fc.constant("feedback.vip"), fc.constant("equals"), fc.boolean()),
  fc.tuple(fc.constant("feedback.product"), fc.constantFrom("isEmpty", "isNotEmpty"), fc.constant(null)),
);
const condition: fc.Arbitrary<ConditionGroup> = fc.letrec<{ group: ConditionGroup }>((tie) => ({
  group: fc.record({
    match: fc.constantFrom("all" as const, "any" as const),
    rows: fc.array(
      fc.oneof(
        { weight: 4, arbitrary: anyRow.map(([field, operator, value]) => row(field, operator, value)) },
        { weight: 1, arbitrary: tie("group") },
      ),
      { minLength: 1, maxLength: 3 },
    ),
  }),
})).group;
const event = fc.record({
  product: fc.option(text),
  source: text,
  score: fc.option(fc.integer({ min: 0, max: 3 })),
  vip: fc.option(fc.boolean()),
});

test("whoever a condition holds for is always among the candidates", () => {
  fc.assert(
    fc.property(condition, event, (when, feedback) => {
      const compiled = compileCondition(when, fields);
      if (!compiled.ok) return;
      const list = createGuardedList<string>();
      list.add("it", guardOf(when, fields));
      const judged = compiled.test({ feedback });
      if (!judged.ok || judged.value) expect(list.candidates({ feedback })).toEqual(["it"]);
    }),
    { numRuns: 500 },
  );
});

test("one of a thousand is found without meeting the others", () => {
  const list = createGuardedList<number>();
  for (let number = 0; number < 1_000; number += 1)
    list.add(number, guardOf(all(row("feedback.product", "equals", `P${number}`)), fields));
  expect(list.candidates({ feedback: { product: "P17", source: "a" } })).toEqual([17]);
  expect(list.candidates({ feedback: { source: "a" } })).toEqual([]);
  // A product that is no text cannot be judged, which each condition says for itself.
  expect(list.candidates({ feedback: { product: 17, source: "a" } })).toHaveLength(1_000);
});
