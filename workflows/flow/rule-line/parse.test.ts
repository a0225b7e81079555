import { expect, test } from "vitest";
import { aCatalogue } from "../testing/a-catalogue.js";
import { completeLine } from "./complete.js";
import { parseLine } from "./parse.js";
import { isWholeRule } from "./whole-rule.js";
import { aHouse } from "./testing/a-house.js";

test.each([
  ["", "head_expected", 0, 0],
  ["NPS < 6 → ", "step_expected", 10, 10],
  ["NPS < 6 → coffee", "step_expected", 10, 16],
  ["NPS < → CRM note", "value_expected", 6, 7],
  ["NPS < 6 → CRM note unless key account", "end_expected", 19, 25],
  ["NPS < 6 and (key account → CRM note", "unclosed_bracket", 25, 26],
  ['NPS < 6 → Slack message "Hello', "unclosed_quote", 24, 30],
  ["NPS < 6 or key account and region = EU → CRM note", "mixed_and_or", 23, 26],
  ["NPS < 6 → if CSAT < 3 → CRM note", "other_metric", 13, 17],
  ["NPS or CSAT < 3 → CRM note", "several_metrics", 12, 13],
  ["comment < 6 → CRM note", "wrong_operator", 8, 9],
  ['when comment contains "slow" → CRM note', "secret_in_trigger", 5, 12],
  ["NPS → wait soon → CRM note", "duration_expected", 11, 15],
  ["NPS → end → CRM note", "nothing_follows", 12, 15],
  ["NPS → CRM note in #cx", "not_sayable_here", 15, 17],
  ["NPS → R&D ticket in A in B", "said_twice", 22, 24],
  ["NPS from Nowhere → CRM note", "source_expected", 9, 16],
  ['NPS → R&D ticket via "Nobody"', "connection_expected", 21, 29],
  ['NPS → Slack message "{{ steps.a.key }}"', "names_a_step", 20, 39],
  ["NPS → support case", "unknown_action", 6, 18],
  ["NPS < 6 € → CRM note", "odd_character", 8, 9],
  [`NPS → ${"(".repeat(60)}`, "too_deep", 47, 48],
])("%j is refused: %s", (text, code, start, end) => {
  const read = parseLine(text, aHouse());
  expect(read.ok ? null : [read.problem.code, read.problem.start, read.problem.end]).toEqual([code, start, end]);
});

test("a refusal says what could stand there, and what was probably meant", () => {
  const read = parseLine("NPS < 6 → suport callback", aHouse());
  expect(read.ok ? null : read.problem.instead).toBe("support callback");
  const empty = parseLine("NPS < 6 → ", aHouse());
  expect(empty.ok ? [] : empty.problem.expected).toContain("R&D ticket");
});

test.each([
  ["NPS < 6 → support callbak", "callbak", "callback"],
  ["NPS < 6 → suport callback", "suport", "support callback"],
  ["NPS < 6 → callbak", "callbak", "callback"],
  ["NPS < 6 → R&D tiket in WEB", "tiket", "ticket"],
])("%j is refused at %j, and offers %j", (text, at, instead) => {
  const read = parseLine(text, aHouse());
  const { start, end, instead: offered } = read.ok ? { start: 0, end: 0, instead: null } : read.problem;
  expect([text.slice(start, end), offered]).toEqual([at, instead]);
});

test("a deed whose action is not installed is neither drawn nor offered", () => {
  const offered = completeLine("NPS < 6 → s", 11, aHouse())?.offers.map(({ insert }) => insert);
  expect(offered).toEqual(["support callback", "Slack message", "stop everything as"]);
  expect(aCatalogue().action("salesforce.createCase@1")).toBeUndefined();
});

test.each([
  ["", 0, "NPS"],
  ["NPS", 3, "<"],
  ["NPS < 6 ", 8, "→"],
  ["NPS < 6 → support cal", 10, "support callback"],
  ["NPS < 6 → R&D ticket ", 21, "via"],
  ["NPS < 6 → R&D ticket via ", 25, '"Jira (old)"'],
  ["NPS < 6 → wait 2 ", 17, "days"],
  ["NPS < 6 → if ", 13, "key account"],
  ["comment does not co", 8, "does not contain"],
])("after %j it offers, from %i on: %s", (text, from, insert) => {
  const found = completeLine(text, text.length, aHouse());
  expect(found?.offers.map((offer) => offer.insert)).toContain(insert);
  expect(found?.from).toBe(from);
});

test.each([
  ["NPS < 60 → CRM note", ["score_out_of_range 0 8 NPS 0–10"]],
  ["NPS, key account and (score = -1 or tier is empty) → CRM note", ["score_out_of_range 22 32 NPS 0–10"]],
  ["CSAT < 60 → CRM note", []],
  ["NPS or CSAT, score < 60 → CRM note", []],
  ["NPS or stars, score < 60 → CRM note", ["score_out_of_range 14 24 NPS, stars 0–10"]],
  ["revenue > 1000 → CRM note", []],
  ["NPS → Slack message in #nowhere", ["still_needed 6 19 text"]],
  ['NPS → Slack message "Look"', ["still_needed 6 19 channel"]],
  ["NPS → Jira task + webhook", ["still_needed 6 15 summary", "still_needed 6 15 project", "still_needed 18 25 url"]],
  ["NPS → support callback", []],
])("%j is warned of: %j", (text, warnings) => {
  const read = parseLine(text, aHouse());
  const told = read.ok ? read.warnings : [];
  expect(
    told.map((warning) => {
      const { code, start, end } = warning;
      if (warning.code === "leaves_out_sixes") return warning.instead;
      const rest =
        warning.code === "still_needed"
          ? warning.field
          : `${warning.scores} ${String(warning.least)}–${String(warning.most)}`;
      return `${code} ${String(start)} ${String(end)} ${rest}`;
    }),
  ).toEqual(warnings);
});

test.each([
  ["NPS", false],
  ["NPS < 6", false],
  ["NPS < 6 → ", false],
  ["NPS < 6 → CRM note", true],
  ["NPS < 6 → CRM note ", true],
  ["NPS < 6 → CRM note via", false],
  ["NPS → if key account", false],
  ["NPS → (wait 2 days → CRM note) + R&D ticket", true],
])("%j is a whole rule: %s", (text, isWhole) => {
  expect(isWholeRule(text, aHouse())).toBe(isWhole);
});
