import { describe, expect, test } from "vitest";
import type { FieldSpec } from "./catalogue.js";
import { compileCondition, type CompiledCondition } from "./expression.js";
import { baseFields, runFields } from "./fields.js";
import type { Condition, ConditionRow } from "./parts.js";

const topics: FieldSpec = {
  path: "feedback.topics",
  title: "Topics",
  type: "list",
  dataClass: "clear",
  optional: true,
};
const fields = [...baseFields, ...runFields, topics];
const now = "2026-03-02T09:00:00.000Z";

function compiled(condition: Condition): CompiledCondition {
  const result = compileCondition(condition, fields);
  if (!result.ok) throw new Error(result.problems.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return result;
}
const codesOf = (condition: Condition): string[] => {
  const result = compileCondition(condition, fields);
  return result.ok ? [] : result.problems.map(({ code }) => code);
};
const cel = (text: string): Condition => ({ cel: text });
const row = (field: string, operator: ConditionRow["operator"], value: ConditionRow["value"] = null): Condition => ({
  match: "all",
  rows: [{ field, operator, value }],
});
const judge = (condition: Condition, context: Record<string, unknown>) => compiled(condition).test({ now, ...context });
const yes = { ok: true, value: true };
const no = { ok: true, value: false };

describe("rows", () => {
  const feedback = {
    score: 6,
    comment: "Please REFUND me",
    topics: ["billing", "refund"],
    occurredAt: "2026-03-01T00:00:00Z",
  };
  const account = { tier: "key" };

  test.each<[string, ConditionRow["operator"], ConditionRow["value"], boolean]>([
    ["feedback.score", "equals", 6, true],
    ["feedback.score", "notEquals", 6, false],
    ["feedback.score", "lessThan", 6, false],
    ["feedback.score", "atMost", 6, true],
    ["feedback.score", "atLeast", 6.5, false],
    ["feedback.score", "greaterThan", -1, true],
    ["feedback.comment", "contains", "refund", true],
    ["feedback.comment", "notContains", "refund", false],
    ["feedback.comment", "startsWith", "please", true],
    ["feedback.comment", "matches", "(?i)refund|rembours", true],
    ["account.tier", "oneOf", ["key", "gold"], true],
    ["account.tier", "equals", "Key", false],
    ["feedback.topics", "contains", "refund", true],
    ["feedback.topics", "notContains", "app", true],
    ["feedback.topics", "isEmpty", null, false],
    ["feedback.occurredAt", "lessThan", "2026-03-02", true],
    ["feedback.comment", "isEmpty", null, false],
    ["feedback.comment", "isNotEmpty", null, true],
  ])("%s %s %j is %s", (field, operator, value, expected) => {
    expect(judge(row(field, operator, value), { feedback, account })).toEqual({ ok: true, value: expected });
  });

  test.each<[ConditionRow["operator"], ConditionRow["value"]]>([
    ["equals", "key"],
    ["notEquals", "key"],
    ["contains", "key"],
    ["notContains", "key"],
    ["oneOf", ["key"]],
    ["isNotEmpty", null],
  ])("of a missing field, %s is not true", (operator, value) => {
    expect(judge(row("account.tier", operator, value), { account: {} })).toEqual(no);
    expect(judge(row("account.tier", operator, value), { account: { tier: null } })).toEqual(no);
  });

  test("of a missing or blank field, only 'is empty' is true", () => {
    expect(judge(row("account.tier", "isEmpty"), { account: {} })).toEqual(yes);
    expect(judge(row("account.tier", "isEmpty"), { account: { tier: "" } })).toEqual(yes);
    expect(judge(row("feedback.score", "isEmpty"), { feedback: { score: null } })).toEqual(yes);
  });

  test("a missing score is not below six, as null would be in JavaScript", () => {
    expect(judge(row("feedback.score", "lessThan", 6), { feedback: { score: null } })).toEqual(no);
  });

  test("groups nest, and read as CEL", () => {
    const condition: Condition = {
      match: "any",
      rows: [
        { match: "all", rows: [{ field: "feedback.metric", operator: "equals", value: "nps" }] },
        { field: "account.tier", operator: "isNotEmpty", value: null },
      ],
    };
    expect(compiled(condition).cel).toBe('(feedback.metric == "nps") || (has(account.tier) && account.tier != "")');
    expect(judge(condition, { feedback: { metric: "csat" }, account: { tier: "key" } })).toEqual(yes);
  });

  test("a value cannot break out of its quotes", () => {
    const sly = '" || true || "';
    expect(judge(row("account.tier", "equals", sly), { account: { tier: "x" } })).toEqual(no);
    expect(judge(row("account.tier", "equals", sly), { account: { tier: sly } })).toEqual(yes);
  });

  test("what does not fit is named with its row", () => {
    const condition: Condition = {
      match: "all",
      rows: [
        { field: "account.teir", operator: "equals", value: "key" },
        { match: "any", rows: [] },
        { field: "feedback.score", operator: "contains", value: "6" },
        { field: "feedback.score", operator: "atMost", value: "six" },
        { field: "feedback.comment", operator: "matches", value: "(" },
        { field: "feedback.comment", operator: "contains", value: "" },
      ],
    };
    const result = compileCondition(condition, fields);
    expect(result).toMatchObject({
      problems: [
        { code: "unknown_field", row: "rows[0]" },
        { code: "no_rows", row: "rows[1]" },
        { code: "wrong_operator", row: "rows[2]" },
        { code: "wrong_value", row: "rows[3]" },
        { code: "value_missing", row: "rows[5]" },
        { code: "bad_pattern", row: "rows[4]" },
      ],
    });
  });

  test("a hundred rows are judged, a hundred and one are too many", () => {
    const rows = (count: number): Condition => ({
      match: "all",
      rows: [0, 1, 2].map((third) => ({
        match: "any",
        rows: Array.from({ length: Math.floor((count + third) / 3) }, () => ({
          field: "feedback.comment",
          operator: "matches",
          value: "refund",
        })),
      })),
    });
    expect(judge(rows(100), { feedback })).toEqual(no);
    expect(codesOf(rows(101))).toEqual(["too_many_rows"]);
  });
});

describe("CEL", () => {
  test.each([
    ["feedback.score < 6", true],
    ["feedback.score == 3", true],
    ["feedback.score in [1, 3]", true],
    ["feedback.score / 2 > 1", true],
    ["2 * feedback.score == 6.0", true],
    ["size(feedback.comment) > 3 && matches(feedback.comment, 'f.il')", true],
    ["feedback.topics.exists(topic, topic.startsWith('ex'))", true],
    ["feedback.topics.filter(topic, topic != 'export').size() == 0", true],
    ["now - feedback.occurredAt > duration('48h')", false],
    ["feedback.occurredAt < timestamp('2026-03-02T00:00:00Z')", true],
    ["has(account.tier) && account.tier == 'key'", false],
    ["has(account.tier) ? account.tier == 'key' : true", true],
  ])("%s", (text, value) => {
    const feedback = { score: 3, comment: "It fails", topics: ["export"], occurredAt: "2026-03-01T00:00:00Z" };
    expect(judge(cel(text), { feedback, account: {} })).toEqual({ ok: true, value });
  });

  test("says what it reads and what it asks for", () => {
    expect(compiled(cel("has(account.tier) && account.tier == 'key'"))).toMatchObject({
      reads: ["account.tier"],
      asksFor: ["account.tier"],
    });
  });

  test("a missing field cannot be judged, and is named", () => {
    expect(judge(cel("account.tier == 'key'"), { account: {} })).toMatchObject({
      ok: false,
      code: "missing_field",
      field: "account.tier",
    });
  });

  test("a value of the wrong type cannot be judged", () => {
    expect(judge(cel("feedback.score < 6"), { feedback: { score: "3" } })).toMatchObject({
      ok: false,
      code: "wrong_type",
    });
  });

  test.each([
    ["feedback.scre < 6", "unknown_field"],
    ["feedback.comment + feedback.score == 'x'", "no_such_overload"],
    ["feedback.score +", "unexpected_token"],
    ["feedback.score", "not_a_condition"],
    ["constructor", "unknown_field"],
    ["feedback.constructor == 'x'", "unknown_field"],
    ["feedback.__proto__ == 'x'", "unknown_field"],
    ["feedback['score'] < 6", "index_by_number"],
    ["now() > feedback.occurredAt", "unknown_function"],
    ["feedback.comment.constructor('x') == 'x'", "unknown_function"],
    ["toString()", "unknown_function"],
    ["dyn(feedback.score) < 'a'", "unknown_function"],
    ["type(feedback.score) == type(1.0)", "unknown_function"],
    ["{'a': 1}.size() > 0", "limit_exceeded"],
  ])("%s is refused: %s", (text, code) => {
    expect(codesOf(cel(text))).toContain(code);
  });

  test("a problem says where it is", () => {
    expect(compileCondition(cel("feedback.score < 6 && feedback.scre > 1"), fields)).toMatchObject({
      problems: [{ code: "unknown_field", start: 22, end: 35 }],
    });
  });
});

/** Bounded by what may be written, not by a clock: each of these is refused before it can run, or does little. */
describe("attacks", () => {
  const nested = "feedback.topics.all(a, feedback.topics.all(b, a == b))";
  const filtered = "feedback.topics.filter(a, feedback.topics.exists(b, a == b)).size() > 0";

  test.each([
    ["a JavaScript RegExp", "feedback.comment.matches('(a+)+$')", "use_matches"],
    ["a pattern made at run time", "matches(feedback.comment, feedback.comment)", "literal_needed"],
    ["a pattern with look-around", "matches(feedback.comment, '(?=a)')", "bad_pattern"],
    ["a pattern that repeats without end", `matches(feedback.comment, '${"(.{99}){9}".repeat(3)}')`, "bad_pattern"],
    ["a pattern within a loop", "feedback.topics.exists(t, matches(t, 'a'))", "not_in_loops"],
    ["loops in loops", nested, "nested_loop"],
    ["loops in filters", filtered, "nested_loop"],
    ["binding and doubling", "cel.bind(x, feedback.comment, x + x == '')", "unknown_function"],
    ["splitting and joining", "feedback.comment.split('').join('aaaa') == ''", "unknown_function"],
    ["adding and adding", `${"feedback.comment + ".repeat(21)}'' == ''`, "too_many_additions"],
    ["a slow duration", "duration(feedback.comment) > duration('1h')", "literal_needed"],
    ["a long duration", `duration('${"1".repeat(500)}h') > duration('1h')`, "literal_needed"],
    ["a timestamp in the host's zone", "timestamp('2026-01-01 00:00:00 ') < now", "literal_needed"],
    ["a long text", `'${"a".repeat(2000)}' == ''`, "too_long"],
    ["a long list", `feedback.score in [${"1, ".repeat(100)}1]`, "limit_exceeded"],
    ["a deep expression", `${"(".repeat(30)}true${")".repeat(30)}`, "limit_exceeded"],
    ["a broad expression", `${"true || ".repeat(200)}true`, "limit_exceeded"],
  ])("%s is refused", (_name, text, code) => {
    expect(codesOf(cel(text))).toContain(code);
  });

  test("a pattern that backtracks elsewhere is linear here", () => {
    const feedback = { comment: `${"a".repeat(20_000)}!` };
    expect(judge(cel("matches(feedback.comment, '^(a+)+$')"), { feedback })).toEqual(no);
  });

  test("values too long to be judged are not judged", () => {
    expect(judge(cel("feedback.comment == ''"), { feedback: { comment: "a".repeat(100_001) } })).toMatchObject({
      code: "too_long",
    });
    const many = Array.from({ length: 301 }, String);
    expect(judge(cel("size(feedback.topics) > 1"), { feedback: { topics: many } })).toMatchObject({ code: "too_long" });
  });

  test("inherited properties are not fields", () => {
    const feedback: unknown = Object.create({ comment: "inherited" });
    expect(judge(cel("has(feedback.comment)"), { feedback })).toEqual(no);
  });
});
