import { expect, test } from "vitest";
import { newNode } from "../draft.js";
import { nodes } from "../nodes/index.js";
import type { FlowDraft } from "../schema.js";
import { problemsOf } from "../testing/a-flow.js";
import { connections } from "../testing/a-catalogue.js";
import { demoFlows } from "../draft.js";
import { drawLine } from "./draw.js";
import { sayFlow, tellFlow } from "./tell-flow.js";
import { parseLine } from "./parse.js";
import { aHouse } from "./testing/a-house.js";

function draw(text: string, house = aHouse()): FlowDraft {
  const read = parseLine(text, house);
  if (!read.ok) throw new Error(`${read.problem.code} at ${String(read.problem.start)}`);
  return drawLine(read.line, house);
}
const ways = ({ edges }: FlowDraft) => edges.map(({ from, output, to }) => `${from}:${output} > ${to}`);
const config = ({ nodes: all }: FlowDraft, id: string) => all.find((node) => node.id === id)?.config;
const tell = (flow: FlowDraft, house = aHouse()) => {
  const told = tellFlow(flow, house);
  return told.ok ? told.text : told.reason.code;
};
const again = (text: string, house = aHouse()) => tell(draw(text, house), house);

const rule = "NPS < 6 → support callback + R&D ticket + CRM note";

test("the rule is drawn: a trigger, a condition and three actions, with their connections", () => {
  const flow = draw(rule);
  expect(flow.nodes.map(({ type }) => type)).toEqual(["trigger", "condition", "action", "action", "action"]);
  expect(ways(flow)).toEqual([
    "feedback:next > condition1",
    "condition1:yes > postMessage1",
    "condition1:yes > createIssue1",
    "condition1:yes > createNote1",
  ]);
  expect(config(flow, "feedback")).toEqual({ sources: [], metrics: ["nps"], when: null, on: "first" });
  expect(config(flow, "condition1")).toEqual({
    when: { match: "all", rows: [{ field: "feedback.score", operator: "lessThan", value: 6 }] },
  });
  expect(config(flow, "postMessage1")).toMatchObject({
    ...nodes.action.defaults,
    action: "slack.postMessage@1",
    connectionId: connections.slack,
    input: { channel: "#support" },
  });
  expect(config(flow, "createIssue1")).toMatchObject({ connectionId: connections.jira, input: { project: "RND" } });
  expect(problemsOf(flow)).toEqual([]);
});

test.each([
  ["fr", "NPS < 6 → rappel support + ticket R&D + note CRM"],
  ["en", "NPS < 6 -> support callback + R&D ticket + CRM note"],
  ["en", "nps below 6 then callback + rnd ticket + note"],
] as const)("the same flow in %s: %s", (language, text) => {
  const drawn = draw(text, aHouse(language));
  expect(ways(drawn)).toEqual(ways(draw(rule)));
  expect(tell(drawn, aHouse(language))).toBe(
    language === "en" ? rule : "NPS < 6 → rappel support + ticket R&D + note CRM",
  );
});

test("a French line says French words to colleagues", () => {
  const french = draw("NPS < 6 → rappel support", aHouse("fr"));
  expect(config(french, "postMessage1")?.["input"]).toMatchObject({
    text: expect.stringContaining("Rappeler") as string,
  });
  expect(tell(french, aHouse("en"))).toBe("own_text");
});

test.each([
  ["Key account, NPS < 6 → ask manager in #cx → executive call"],
  ["Promoter (9–10) with a comment → thank-you in Slack"],
  ['When NPS < 6, tier = "gold" → wait 2 days → CRM note'],
  ["NPS < 6 unless key account → support callback"],
  ["NPS < 6 → if key account → ask manager in #cx → executive call otherwise → support callback"],
  ["NPS < 6 → (if key account → CRM note) otherwise → thank-you in Slack"],
  ["NPS < 6 → (if key account → CRM note) → wait 1 hour → R&D ticket"],
  ["NPS < 6 → support callback + R&D ticket → CRM note"],
  ["NPS < 6 → (support callback + R&D ticket → CRM note) + wait 2 days"],
  ['NPS from "Survey" or "App Store", NPS < 6 or (region = "EU" and NPS is filled in), on every change → CRM note'],
  ['NPS or CSAT, score < 6 → Slack message "Hi there" in #cx as "Tell them"'],
  ['Feedback → R&D ticket in WEB via "Jira (old)" → end as "asked"'],
  ['NPS < 6 → ask manager "Call?" in #cx for 2 days → executive call'],
])("is said as it was written: %s", (line) => {
  expect(again(line).replace(" in #cx", "")).toBe(line.replace(" in #cx", ""));
});

test("below six leaves out the sixes, and says what to write instead", () => {
  const read = parseLine("Key account, NPS < 6 → CRM note", aHouse());
  expect(read.ok && read.warnings).toEqual([
    { code: "leaves_out_sixes", start: 13, end: 20, instead: "detractor (0–6)" },
  ]);
  expect(parseLine("CSAT < 6 → CRM note", aHouse())).toMatchObject({ warnings: [] });
  expect(again("detractor (0–6) → CRM note")).toBe("Detractor (0–6) → CRM note");
});

const withNode = (node: FlowDraft["nodes"][number], output = "yes"): FlowDraft => {
  const flow = draw(rule);
  return { ...flow, nodes: [...flow.nodes, node], edges: [...flow.edges, { from: "condition1", output, to: node.id }] };
};
const change = (id: string, part: object): FlowDraft => {
  const flow = draw(rule);
  const changed = (node: FlowDraft["nodes"][number]) => ({ ...node, config: { ...node.config, ...part } });
  return { ...flow, nodes: flow.nodes.map((node) => (node.id === id ? changed(node) : node)) };
};
const place = { title: "", x: 0, y: 0 };

test.each([
  ["node_type", withNode(newNode("split", { id: "split1", ...place }))],
  ["unfinished", withNode(newNode("condition", { id: "c2", ...place }))],
  [
    "wait_until",
    withNode({
      ...newNode("wait", { id: "w", ...place }),
      config: { mode: "until", time: "09:00", zone: "UTC", days: [1] },
    }),
  ],
  ["name", withNode(newNode("wait", { id: "w", ...place, title: "Let it rest" }))],
  ["key", change("feedback", { key: { by: "contact", then: "queue" } })],
  ["purpose", change("feedback", { purpose: "research" })],
  ["expression", change("condition1", { when: { cel: "true" } })],
  ["source", change("feedback", { sources: ["gone"] })],
  ["settings", change("postMessage1", { onAmbiguous: "resend" })],
  ["connection", change("createIssue1", { connectionId: "jira-9" })],
  ["names_a_step", change("postMessage1", { input: { channel: "#cx", text: "{{ steps.createIssue1.key }}" } })],
  ["trigger", { ...draw(rule), nodes: [] }],
  ["apart", { ...draw(rule), edges: draw(rule).edges.slice(0, 3) }],
  [
    "way_out",
    { ...draw(rule), edges: [...draw(rule).edges, { from: "createNote1", output: "failure", to: "createIssue1" }] },
  ],
  [
    "tangled",
    { ...draw(rule), edges: [...draw(rule).edges, { from: "createNote1", output: "next", to: "createIssue1" }] },
  ],
] satisfies readonly (readonly [string, FlowDraft])[])("a line cannot say it: %s", (code, flow) => {
  expect(tell(flow)).toBe(code);
});

test("a line that is too long to be read at a glance is no rule: the flow stays drawn", () => {
  expect(tell(draw("NPS → wait 1 day → CRM note → wait 1 day → CRM note"))).toMatch(/^NPS → wait/);
  expect(tell(draw(`NPS → ${Array.from({ length: 12 }, () => "CRM note").join(" → wait 1 day → ")}`))).toBe("too_long");
});

test("a text of one's own that names fields, or makes the line long, is not quoted: the step is named", () => {
  const house = aHouse();
  const text = "Call them. {{ contact.name | default: 'A customer' }}";
  const own = change("postMessage1", { input: { channel: "#support", text } });
  expect(tellFlow(own, house)).toEqual({ ok: false, reason: { code: "own_text", nodeId: "postMessage1" } });
  expect(sayFlow(own, house)).toMatchObject({ ok: true });
  const long = change("postMessage1", { input: { channel: "#support", text: "Call them back. ".repeat(9) } });
  expect(tellFlow(long, house)).toEqual({ ok: false, reason: { code: "own_text", nodeId: "postMessage1" } });
  const short = change("postMessage1", { input: { channel: "#support", text: "Call them back." } });
  expect(tell(short)).toBe('NPS < 6 → Slack message "Call them back." in #support + R&D ticket + CRM note');
});

test("the demo's flows stay drawn: they end on ways that a line does not draw", () => {
  expect(tell(demoFlows.supportCallback.draft(connections))).toBe("way_out");
  expect(tell(demoFlows.executiveCall.draft(connections))).toBe("way_out");
});

test("a step that is switched off is more than a line can say; comments, notes and groups are said beside it", () => {
  const flow = draw(rule);
  const [trigger, ...others] = flow.nodes;
  if (!trigger) throw new Error("Every line draws a trigger.");
  expect(tell({ ...flow, nodes: [{ ...trigger, disabled: true }, ...others] })).toBe("disabled");
  const written = { ...flow, nodes: [{ ...trigger, comment: "Ours" }, ...others] };
  const groups = [{ id: "group1", title: "Ours", nodeIds: [trigger.id], collapsed: false }];
  expect(tell({ ...written, groups })).toBe(rule);
});
