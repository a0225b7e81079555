import { expect, test } from "vitest";
import { demoFlows } from "../draft.js";
import { publish } from "../publish.js";
import { drawLine } from "../rule-line/draw.js";
import { parseLine } from "../rule-line/parse.js";
import { aHouse } from "../rule-line/testing/a-house.js";
import type { FlowDraft, PublishedFlow } from "../schema.js";
import { connections } from "../testing/a-catalogue.js";
import { published, surroundings } from "../testing/a-flow.js";
import { alsoHeard } from "./also-heard.js";

function drawn(text: string): FlowDraft {
  const read = parseLine(text, aHouse());
  if (!read.ok) throw new Error(read.problem.code);
  return drawLine(read.line, aHouse());
}
function flow(text: string): PublishedFlow {
  const publication = publish(drawn(text), { ...surroundings(), sourceIds: ["survey", "store"] });
  if (!publication.ok) throw new Error(publication.problems.map(({ code }) => code).join());
  return publication.flow;
}
const names = (one: PublishedFlow, other: PublishedFlow) =>
  alsoHeard(one, [{ name: "Other", flow: other }]).map(({ code, nodeId, params }) => [code, nodeId, params["name"]]);

const warned = [["also_heard", "feedback", "Other"]];

test("the rule beside the demo's own flow is warned of, on its trigger and by name", () => {
  const seeded = published(demoFlows.supportCallback.draft(connections));
  expect(names(flow("NPS < 6 → support callback + R&D ticket + CRM note"), seeded)).toEqual(warned);
});

test.each([
  ["NPS < 6 → CRM note", "NPS < 6 → CRM note"],
  ["NPS < 6 → CRM note", "Detractor (0–6) → CRM note"],
  ["When NPS < 6 → CRM note", "NPS < 6, key account → CRM note"],
  ["NPS < 6 → CRM note", "Feedback → CRM note"],
  ["NPS < 6 → CRM note", "NPS > 8 or key account → CRM note"],
  ["NPS < 6 → CRM note", "NPS → if NPS > 8 → R&D ticket otherwise → CRM note"],
  ['NPS from "Survey" → CRM note', "NPS → CRM note"],
])("%j and %j take up the same feedback", (one, other) => {
  expect(names(flow(one), flow(other))).toEqual(warned);
  expect(names(flow(other), flow(one))).toEqual(warned);
});

test.each([
  ["NPS < 6 → CRM note", "NPS ≥ 6 → CRM note"],
  ["NPS < 7 → CRM note", "Promoter (9–10) → CRM note"],
  ["Detractor (0–6) → CRM note", "When passive (7–8) → CRM note"],
  ["NPS, key account → CRM note", 'NPS, tier = "gold" → CRM note'],
  ["NPS, key account → CRM note", 'NPS, tier ≠ "key" → CRM note'],
  ["NPS with a comment → CRM note", "NPS, comment is empty → CRM note"],
  ["NPS < 6, key account → CRM note", 'NPS < 6, product = "App" → CRM note'],
  ["NPS → CRM note", "CSAT → CRM note"],
  ['NPS from "Survey" → CRM note', 'NPS from "App Store" → CRM note'],
  ["NPS → CRM note", "NPS → R&D ticket"],
  ["NPS → support callback", 'NPS → Slack message "Look" in #cx'],
  ["NPS → R&D ticket", "NPS → R&D ticket in WEB"],
])("%j and %j do not follow up one answer twice", (one, other) => {
  expect(names(flow(one), flow(other))).toEqual([]);
  expect(names(flow(other), flow(one))).toEqual([]);
});

test("a flow that starts without feedback takes up none", () => {
  const one = flow("NPS → CRM note");
  const asked = one.nodes.map((node) =>
    node.type === "trigger" ? { ...node, config: { ...node.config, start: { by: "person", fields: [] } } } : node,
  );
  expect(names(one, { ...one, nodes: asked as unknown as PublishedFlow["nodes"] })).toEqual([]);
});
