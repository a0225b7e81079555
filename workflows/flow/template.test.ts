import { describe, expect, test } from "vitest";
import { compileTemplate, fieldsOf } from "./template.js";

const context = {
  contact: { name: "Ada <b>", email: null },
  account: {},
  feedback: { score: 3, comment: "It fails", topics: ["export", "speed"], occurredAt: "2026-03-02T08:05:00.000Z" },
  steps: { ticket: { key: "RND-1" } },
  now: "2026-03-02T09:00:00.000Z",
};

function render(template: string, given: Record<string, unknown> = context) {
  const compiled = compileTemplate(template);
  return compiled.ok ? compiled.render(given) : compiled.problems[0];
}
const text = (words: string) => ({ ok: true, text: words });
const readsOf = (template: string) => {
  const compiled = compileTemplate(template);
  return compiled.ok ? compiled.reads : compiled.problems;
};

test.each([
  ["Hello {{ contact.name }}", "Hello Ada <b>"],
  ['{{ contact.email | default: "no e-mail" }}', "no e-mail"],
  ["{{ account.name | default: contact.name | upcase }}", "ADA <B>"],
  ["{% if account.tier == 'key' %}key{% else %}other{% endif %}", "other"],
  ["{% if contact.email %}{{ contact.email }}{% endif %}!", "!"],
  ["{% unless contact.email %}none{% endunless %}", "none"],
  ["{% case feedback.score %}{% when 3 %}three{% else %}?{% endcase %}", "three"],
  ["{% assign who = contact.name | downcase %}{{ who }}", "ada <b>"],
  [
    "{{ feedback.topics }} / {{ feedback.topics | join: '+' }} / {{ feedback.topics[0] }}",
    "export, speed / export+speed / export",
  ],
  ['{{ feedback.occurredAt | date: "%d.%m.%Y %H:%M" }}', "02.03.2026 08:05"],
  ['{{ feedback.occurredAt | date: "%H:%M", "Europe/Paris" }}', "09:05"],
  ['{{ now | date: "%Y" }}', "2026"],
  ["{{ feedback.score | plus: 1 | times: 2 | divided_by: 3 | round: 2 }}", "2.67"],
  ["{{ feedback.comment | truncate: 5 }} {{ feedback.comment | size }}", "It f… 8"],
  ["{{ feedback.comment | json }}", '"It fails"'],
  ["{{ steps.ticket.key | append: '!' | prepend: '#' | replace: 'RND', 'Q' }}", "#Q-1!"],
  ["{% comment %}not this{% endcomment %}{% raw %}{{ this }}{% endraw %}", "{{ this }}"],
])("%s", (template, expected) => {
  expect(render(template)).toEqual(text(expected));
});

test("a missing field without a default makes it fail, and is named", () => {
  expect(render("{{ contact.email }}")).toMatchObject({ ok: false, code: "missing_field", field: "contact.email" });
});

test("what a template reads is known with whether it says what happens without it", () => {
  expect(
    readsOf('{{ contact.name }}{{ account.name | default: "x" }}{% if account.tier %}{{ account.tier }}{% endif %}'),
  ).toEqual([
    { path: "contact.name", guarded: false },
    { path: "account.name", guarded: true },
    { path: "account.tier", guarded: true },
    { path: "account.tier", guarded: true },
  ]);
  expect(fieldsOf("{{ a.b }}{{ a.b }}{% assign c = d.e %}{{ c }}")).toEqual(["a.b", "d.e"]);
  expect(fieldsOf("{{ unfinished")).toEqual([]);
});

test("a filter that gets what it cannot use makes it fail", () => {
  expect(render("{{ feedback.comment | plus: 1 }}")).toMatchObject({ ok: false, code: "template_failed" });
  expect(render("{{ feedback.score | divided_by: 0 }}")).toMatchObject({ ok: false, code: "template_failed" });
});

test.each([
  ["{{ a", "template_syntax"],
  ["{% if a %}", "template_syntax"],
  ["{{ a | nosuch }}", "template_syntax"],
  ["{{ a[b.c] }}", "computed_field"],
])("%s cannot be used", (template, code) => {
  expect(render(template)).toMatchObject({ code });
});

/** Bounded by what may be written and by sizes, not by a clock. */
describe("attacks", () => {
  test.each([
    "{% for i in (1..1000000) %}x{% endfor %}",
    "{% capture a %}x{% endcapture %}",
    "{% include 'x' %}",
    "{% render 'x' %}",
    "{% layout 'x' %}",
    "{% liquid assign a = 1 %}",
    "{% tablerow i in (1..9) %}{% endtablerow %}",
    "{% increment a %}",
    "{{ contact | inspect }}",
    "x".repeat(10_001),
  ])("%.40s is refused when it is read", (template) => {
    expect(render(template)).toMatchObject({ code: "template_syntax" });
  });

  test.each([
    ["a memory bomb", `{% assign a = 'aaaaaaaaaa' %}${"{% assign a = a | append: a %}".repeat(40)}{{ a }}`],
    ["a replacing bomb", `{{ "${"a".repeat(900)}" | replace: "a", "${"b".repeat(900)}" }}`],
    ["a range", "{{ (1..100000000) | join: ',' }}"],
    ["the clock in a word", '{{ "now" | date: "%Y" }}'],
    ["a padded date", '{{ now | date: "%1000000000Y" }}'],
  ])("%s fails", (_name, template) => {
    expect(render(template)).toMatchObject({ ok: false, code: "template_failed" });
  });

  test("nothing is found but own properties", () => {
    expect(render("[{{ contact.constructor | default: '' }}{{ contact.__proto__ | default: '' }}]")).toEqual(
      text("[]"),
    );
    expect(render("{{ feedback.comment.constructor }}")).toMatchObject({ code: "missing_field" });
  });

  test("values are not templates", () => {
    const sly = { contact: { name: "{{ feedback.score }}{% if true %}" } };
    expect(render("{{ contact.name }}", sly)).toEqual(text("{{ feedback.score }}{% if true %}"));
  });
});
