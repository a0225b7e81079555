import { describe, expect, test } from "vitest";
import { z } from "zod";
import { connectors } from "../../../integrations/index.js";
import { createCatalogue } from "../../../server/flows/catalogue.js";
import { publish } from "../publish.js";
import { flowDraftSchema, type FlowDraft } from "../schema.js";
import type { Language } from "../sentence.js";
import { simulate } from "../simulate.js";
import { aContext, aWorld } from "../testing/a-world.js";
import { templates } from "./index.js";
import { systems, type Template, type TemplateHouse } from "./template.js";

const actions = connectors.flatMap((connector) => connector.actions);
const catalogue = createCatalogue(actions, (id) => id.split("-", 1)[0]);
const connections = { slack: "slack-1", jira: "jira-1", salesforce: "salesforce-1" };
const surroundings = {
  catalogue,
  connectionIds: Object.values(connections),
  sourceIds: ["survey"],
  employeeSourceIds: ["pulse"],
};
const house = (rest: Partial<TemplateHouse> = {}): TemplateHouse => ({
  ...{ language: "en", connections, sources: [], zone: "Europe/Paris" },
  ...rest,
});
const languages = ["en", "fr"] as const;

const published = (draft: FlowDraft) => {
  const result = publish(draft, surroundings);
  if (result.ok) return result;
  throw new Error(result.problems.map(({ nodeId, field, message }) => `${nodeId} ${field}: ${message}`).join("\n"));
};

const worded = ["title", "text", "outcome", "subject", "description", "summary", "body"];

/** What people read of it. */
const wordsOf = ({ nodes }: FlowDraft): string[] =>
  nodes.flatMap(({ title, config }) => {
    const input = z.record(z.string(), z.unknown()).parse(config["input"] ?? {});
    const texts = worded.flatMap((key) => [config[key], input[key]]);
    return [title, ...texts.filter((text) => typeof text === "string")];
  });

/** More than what the fields give. */
const isSentence = (text: string): boolean => /\p{L}{4}/u.test(text.replaceAll(/\{\{.*?\}\}/g, ""));

const oneByOne = templates.map((template): [string, Template] => [template.id, template]);
const each = oneByOne.flatMap(([id, template]) =>
  languages.map((language): [string, Language, Template] => [id, language, template]),
);

test("there are at least ten, each with an id of its own", () => {
  const ids = templates.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(10);
});

describe.each(each)("%s in %s", (_id, language, template) => {
  const draft = template.draw(house({ language, sources: template.ofEmployees ? [] : ["survey"] }));

  test("is a document as the editor saves it, and is published as it is, without a word of warning", () => {
    expect(flowDraftSchema.parse(draft)).toEqual(draft);
    expect(published(draft).warnings).toEqual([]);
  });

  test("says what it is for, why that works and what to measure", () => {
    const { title, summary, rationale, measure } = template.words[language];
    expect(title.length).toBeLessThan(60);
    expect(summary).toMatch(/^[^.]+\.$/);
    expect(rationale.length).toBeGreaterThan(100);
    expect(measure).toMatch(/\.$/);
    // Nothing that would have to be proved.
    expect(`${summary} ${rationale} ${measure}`).not.toMatch(/\d\s?%|\d+ (times|fois)/);
  });

  test("ends for somebody of whom nothing is known", () => {
    const { feedback } = aContext();
    const nobody = aContext({
      contact: null,
      account: null,
      feedback: {
        id: feedback["id"],
        score: 1,
        metric: "nps",
        domain: "customer",
        source: "Survey",
        sourceId: "survey",
      },
    });
    const { view } = simulate(published(draft).flow, aWorld({ context: nobody, catalogue }));
    expect(view).toMatchObject({ state: "finished" });
  });
});

describe.each(oneByOne)("%s", (_id, template) => {
  const draft = template.draw(house());

  test("names the systems that it uses, and only those", () => {
    const used = systems.filter((system) => JSON.stringify(draft).includes(connections[system]));
    expect([...template.systems].toSorted()).toEqual([...used].toSorted());
  });

  test("is drawn unfinished where a connection is missing, and says which steps need one", () => {
    const result = publish(template.draw(house({ connections: {} })), surroundings);
    if (result.ok) throw new Error("It was published without a connection.");
    const acting = draft.nodes.filter(({ type }) => type === "action" || type === "approval").map(({ id }) => id);
    const unconnected = result.problems.filter(({ field }) => field === "connectionId").map(({ nodeId }) => nodeId);
    expect(unconnected.toSorted()).toEqual(acting.toSorted());
  });

  test("is worded in French throughout", () => {
    const english = wordsOf(draft);
    const french = wordsOf(template.draw(house({ language: "fr" })));
    expect(french.filter((text, index) => text === english[index] && isSentence(text))).toEqual([]);
  });

  test("stands left to right, with no step upon another", () => {
    const at = new Map(draft.nodes.map(({ id, position }) => [id, position]));
    for (const { from, to } of draft.edges) expect(at.get(to)!.x).toBeGreaterThan(at.get(from)!.x);
    for (const [index, { position }] of draft.nodes.entries())
      for (const other of draft.nodes.slice(index + 1))
        expect([other.id, other.position.x !== position.x || Math.abs(other.position.y - position.y) >= 160]).toEqual([
          other.id,
          true,
        ]);
  });

  test("hears the sources that were chosen", () => {
    const [trigger] = template.draw(house({ sources: ["survey"] })).nodes;
    expect(trigger).toMatchObject({ type: "trigger", config: { sources: ["survey"], metrics: template.metrics } });
  });
});
