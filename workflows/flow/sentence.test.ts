import { describe, expect, test } from "vitest";
import { demoFlows } from "./draft.js";
import { nodeTypes, type DraftNode, type NodeType } from "./schema.js";
import { conditionSentence, languages, nodeTitle, outputTitle, sentenceOf, type Names } from "./sentence.js";
import { aCatalogue, connections } from "./testing/a-catalogue.js";
import { aNode } from "./testing/a-flow.js";

const names: Names = { source: (id) => (id === "survey" ? "the NPS survey" : undefined), action: aCatalogue().action };
/** French sets numbers and quotation marks with spaces that do not break. */
const plainSpaces = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");
const both = (node: DraftNode) => [sentenceOf(node, "en", names), sentenceOf(node, "fr", names)].map(plainSpaces);

const rich = {
  match: "all" as const,
  rows: [
    { field: "feedback.score", operator: "atMost" as const, value: 6 },
    { field: "account.annualRevenue", operator: "greaterThan" as const, value: 50_000 },
  ],
};

test("a condition reads as a sentence", () => {
  expect(both(aNode("condition", "c", { when: rich }))).toEqual([
    "If the score is at most 6 and the account's annual revenue is more than 50,000",
    "Si la note est au plus 6 et le chiffre d'affaires annuel du compte dépasse 50 000",
  ]);
});

test("a trigger with a key says that its runs go one at a time, and what becomes of the others", () => {
  const keyed = (key: unknown) => both(aNode("trigger", "t", { key }));
  expect(keyed({ by: "contact", then: "queue" })).toEqual([
    "When feedback arrives from any source; one run at a time per contact, a newer run waits",
    "Quand un avis arrive de n'importe quelle source ; une exécution à la fois par contact, la plus récente attend",
  ]);
  expect(keyed({ by: { expression: "feedback.source" }, then: "skip" })[0]).toContain(
    "one run at a time per value of feedback.source, what comes in between is skipped",
  );
  expect(keyed({ by: "account", then: "replace" })[0]).toContain("takes the place of an older one");
  expect(keyed(undefined)[0]).toBe("When feedback arrives from any source");
});

test("groups keep their brackets, lists their 'or', and categories their scale", () => {
  const condition = {
    match: "any" as const,
    rows: [
      rich,
      { field: "account.tier", operator: "oneOf" as const, value: ["key", "gold"] },
      { field: "feedback.category", operator: "equals" as const, value: "detractor" },
      { field: "feedback.occurredAt", operator: "lessThan" as const, value: "2026-01-01" },
      { field: "contact.email", operator: "isEmpty" as const, value: null },
    ],
  };
  expect(conditionSentence(condition, "en")).toBe(
    "(the score is at most 6 and the account's annual revenue is more than 50,000) or the account's tier is “key” or “gold” " +
      "or the category is detractor (0–6) or the time of the feedback is before “2026-01-01” or the contact's e-mail is empty",
  );
});

test("a field that only the workspace knows is named by it", () => {
  const condition = {
    match: "all" as const,
    rows: [{ field: "account.plan", operator: "equals" as const, value: true }],
  };
  expect(conditionSentence(condition, "en", { field: () => "the plan" })).toBe("the plan is yes");
  expect(conditionSentence(condition, "en")).toBe("account.plan is yes");
  expect(conditionSentence({ cel: "1 < 2" }, "fr")).toBe("ceci est vrai : 1 < 2");
});

test.each<[NodeType, Record<string, unknown>, string, string]>([
  [
    "trigger",
    { sources: ["survey"], metrics: ["nps"], when: null },
    "When NPS feedback arrives from the NPS survey",
    "Quand un avis NPS arrive de « the NPS survey »",
  ],
  [
    "trigger",
    { on: "everyChange" },
    "When feedback arrives from any source, on every change",
    "Quand un avis arrive de n'importe quelle source, à chaque changement",
  ],
  ["wait", {}, "Wait 1 hour", "Attendre 1 heure"],
  [
    "wait",
    { mode: "until", time: "09:00", zone: "Europe/Paris", days: [1, 2] },
    "Wait until Monday or Tuesday at 09:00 (Europe/Paris)",
    "Attendre lundi ou mardi à 09:00 (Europe/Paris)",
  ],
  [
    "split",
    {},
    "Send 50 % of contacts to “A” and 50 % of contacts to “B”",
    "Envoyer 50 % des contacts vers « A » et 50 % des contacts vers « B »",
  ],
  ["join", {}, "Go on with the first way that arrives", "Continuer avec la première voie qui arrive"],
  ["set", {}, "Set greeting to “Hello”", "Fixer greeting à « Hello »"],
  ["action", {}, "Post to #cx: Hello", "Post to #cx: Hello"],
  ["approval", {}, "Ask in #cx: “Call?”, for up to 1 day", "Demander dans #cx : « Call? », pendant 1 jour au plus"],
  ["end", {}, "End as “done”", "Finir par « done »"],
  ["stop", {}, "Stop everything as “stopped”", "Tout arrêter par « stopped »"],
  [
    "switch",
    {},
    "“Case 1” if this is true: true; otherwise go on",
    "« Case 1 » si ceci est vrai : true ; sinon continuer",
  ],
])("%s %j says itself", (type, config, en, fr) => {
  expect(both(aNode(type, "n", config))).toEqual([en, fr]);
});

describe.each(Object.keys(languages).filter((name): name is keyof typeof languages => name in languages))(
  "in %s",
  (language) => {
    test("an unfinished node of every type says what it needs", () => {
      for (const type of nodeTypes) {
        expect(sentenceOf({ ...aNode(type, "n"), config: {} }, language)).toBe(languages[language].unfinished[type]);
        expect(nodeTitle(type, language)).not.toBe("");
      }
    });

    test("every way out of every node of the demo flows has a name, and every node a sentence", () => {
      const drawn = Object.values(demoFlows).flatMap(({ draft }) => draft(connections));
      for (const { nodes, edges } of drawn) {
        for (const node of nodes) expect(sentenceOf(node, language, names)).not.toContain("undefined");
        for (const { from, output } of edges) {
          const source = nodes.find(({ id }) => id === from)!;
          expect(languages[language].outputs[output]).toBe(outputTitle(source, output, language));
        }
      }
    });
  },
);

test("an output is called as its author called it", () => {
  expect(outputTitle(aNode("switch", "n"), "case1", "fr")).toBe("Case 1");
  expect(outputTitle(aNode("switch", "n"), "otherwise", "fr")).toBe("sinon");
});
