import fc from "fast-check";
import type { ConditionGroup, ConditionRow } from "../../parts.js";
import { canGoOn } from "../parse-steps.js";
import type { AskStep, ChoiceStep, DeedStep, EndStep, Line, Sequence, Step } from "../tree.js";

/** Random lines that a person could write: nested, with odd texts, in the form that reading one gives. */

const text = fc.string({ unit: "grapheme", maxLength: 30 }).filter((one) => !one.includes("steps"));
const filled = text.filter((one) => one !== "");
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 3 });
const amount = fc.integer({ min: 1, max: 1000 });
const unit = fc.constantFrom("minutes" as const, "hours" as const, "days" as const);
const duration = fc.record({ amount, unit });
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
);

const row: fc.Arbitrary<ConditionRow> = fc.oneof(
  fc.record({
    field: fc.constantFrom("feedback.score", "account.annualRevenue"),
    operator: fc.constantFrom("lessThan", "atMost", "atLeast", "greaterThan", "equals", "notEquals"),
    value: number,
  }),
  fc.record({
    field: fc.constantFrom("feedback.product", "feedback.category", "account.tier", "account.externalId"),
    operator: fc.constantFrom("equals", "notEquals", "contains", "notContains", "startsWith"),
    value: fc.oneof(filled, fc.constantFrom("key", "detractor", "promoter")),
  }),
  fc.record({
    field: fc.constantFrom("feedback.language", "feedback.metric"),
    operator: fc.constant("oneOf" as const),
    value: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    field: fc.constantFrom("feedback.comment", "feedback.score", "contact.email"),
    operator: fc.constantFrom("isEmpty", "isNotEmpty"),
    value: fc.constant(null),
  }),
  fc.record({
    field: fc.constant("feedback.occurredAt"),
    operator: fc.constantFrom("lessThan", "atLeast"),
    value: fc.constant("2026-03-02T08:00:00Z"),
  }),
);

const groupOf = (rows: fc.Arbitrary<(ConditionRow | ConditionGroup)[]>): fc.Arbitrary<ConditionGroup> =>
  fc
    .record({ match: fc.constantFrom("all" as const, "any" as const), rows })
    .map(({ match, rows: all }) => ({ match: all.length === 1 ? "all" : match, rows: all }));
const inner = groupOf(fc.array(row, { minLength: 2, maxLength: 3 }));
const condition = groupOf(
  fc.array(fc.oneof({ weight: 4, arbitrary: row }, { weight: 1, arbitrary: inner }), { minLength: 1, maxLength: 3 }),
);

const isClear = (group: ConditionGroup): boolean =>
  group.rows.every((one) => ("rows" in one ? isClear(one) : !/comment|email/.test(one.field)));

const title = fc.oneof({ weight: 3, arbitrary: fc.constant("") }, { weight: 1, arbitrary: text });
const channel = fc.oneof(fc.constantFrom("#cx", "C012345", "#équipe-client"), filled);

const slackDeed = fc.constantFrom("supportCallback", "thankYou", "slackMessage");
const deed: fc.Arbitrary<DeedStep> = fc
  .oneof(
    fc.record({ deed: slackDeed, title, text: maybe(text), place: maybe(channel), via: fc.constant(null) }),
    fc.record({
      deed: fc.constantFrom("rdTicket", "jiraTask"),
      title,
      text: maybe(text),
      place: maybe(filled),
      via: maybe(fc.constant("jira-0")),
    }),
    fc.record({
      deed: fc.constantFrom("crmNote", "callbackTask", "executiveCall", "webhook"),
      title,
      text: maybe(text),
      place: fc.constant(null),
      via: fc.constant(null),
    }),
  )
  .map((said) => ({ kind: "deed", ...said }));

const ask: fc.Arbitrary<AskStep> = fc
  .record({ title, text: maybe(filled), place: maybe(channel), via: fc.constant(null), expiresAfter: maybe(duration) })
  .map((said) => ({ kind: "ask", ...said }));
const wait: fc.Arbitrary<Step> = duration.map((waited) => ({ kind: "wait", duration: waited }));
const end: fc.Arbitrary<EndStep> = fc.record({ kind: fc.constantFrom("end", "stop"), outcome: maybe(filled) });

/** What follows an end is cut off: nothing may. */
const cut = (steps: Sequence): Sequence => {
  const last = steps.findIndex((step) => !canGoOn(step));
  return last === -1 ? steps : steps.slice(0, last + 1);
};

const { sequence } = fc.letrec<{ sequence: Sequence; step: Step; choice: ChoiceStep; parallel: Step }>((tie) => ({
  sequence: fc.array(tie("step"), { minLength: 1, maxLength: 4 }).map(cut),
  step: fc.oneof(
    { maxDepth: 4, depthSize: "small", withCrossShrink: true },
    { weight: 4, arbitrary: deed },
    { weight: 1, arbitrary: ask },
    { weight: 1, arbitrary: wait },
    { weight: 1, arbitrary: end },
    { weight: 2, arbitrary: tie("choice") },
    { weight: 2, arbitrary: tie("parallel") },
  ),
  choice: fc.record({
    kind: fc.constant("choice" as const),
    when: condition,
    yes: fc.oneof(fc.constant([]), tie("sequence")),
    no: fc.oneof(fc.constant([]), fc.constant([]), tie("sequence")),
  }),
  parallel: fc.record({
    kind: fc.constant("parallel" as const),
    ways: fc.array(tie("sequence"), { minLength: 2, maxLength: 3 }),
  }),
}));

const metrics = fc.uniqueArray(fc.constantFrom("nps", "csat", "ces", "stars", "text"), { maxLength: 3 });
const head: fc.Arbitrary<Line["head"]> = fc.record({
  metrics: fc.oneof(fc.constant(["nps" as const]), metrics),
  sources: fc.uniqueArray(fc.constantFrom("survey", "store"), { maxLength: 2 }),
  when: maybe(condition.filter(isClear)),
  on: fc.constantFrom("first" as const, "everyChange" as const),
});

export const randomLine: fc.Arbitrary<Line> = fc.record({
  head,
  steps: fc.oneof(sequence, fc.constant<Sequence>([])),
});
