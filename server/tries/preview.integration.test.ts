import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import type { FlowDetail } from "../flows/flow-api.js";
import { apiAs } from "../front-door/testing/clients.js";
import { aMemberOf, region } from "../front-door/testing/said-rows.js";
import { runUntil } from "../front-door/testing/runs.js";
import { CX } from "../front-door/testing/slack.js";
import { useProduct } from "../front-door/testing/use-product.js";
import { createdTokenSchema } from "../members/token-api.js";
import { clientOf, type Client } from "../testing/http.js";
import { connect, deeds, post, publishFlow, type FlowHandle, type Posted } from "../testing/product-front.js";
import { previewSchema, type Preview } from "./preview-api.js";
import { pastEventsSchema, type PastEvent } from "./try-api.js";

const { product, api } = useProduct({ demo: false });
let flow: FlowHandle;
let draft: FlowDetail["draft"];
let said: Posted;
let events: readonly PastEvent[];

beforeAll(async () => {
  const slack = await connect(api, product.sandbox, "slack");
  flow = await publishFlow(api, "Looked at", {
    trigger: { when: { match: "all", rows: [{ field: "feedback.score", operator: "atMost", value: 6 }] } },
    nodes: [
      ["tell", "action", deeds.slack(slack, CX, "Somebody said something")],
      ["half", "split", {}],
    ],
    edges: "start > half, half:a > tell, half:b > tell",
  });
  said = await post(flow, { score: 3, comment: "The numbat left", name: "Quirina", email: "q@numbat.example" });
  await post(flow, { score: 9, comment: "Fine", name: "Ada" });
  draft = written(((await api("GET", `/api/flows/${flow.flowId}`)).json as FlowDetail).draft);
  events = pastEventsSchema.parse((await api("GET", `/api/flows/${flow.flowId}/past-events`)).json).items;
}, 60_000);

/** As somebody is about to write it. */
const written = (saved: FlowDetail["draft"]): FlowDetail["draft"] => ({
  ...saved,
  nodes: saved.nodes.map((node) =>
    node.id === "tell"
      ? { ...node, config: { ...node.config, input: { text: "From {{ contact.name }}: {{ feedback.comment }}" } } }
      : node,
  ),
});
const path = () => `/api/flows/${flow.flowId}/preview`;
const eventOf = (score: number): string => events.find((event) => event.score === score)?.responseId ?? "";
const ask = (nodeId: string, score: number, as = api, more: object = {}) =>
  as("POST", path(), { draft, nodeId, responseId: eventOf(score), ...more });
const preview = async (...asked: Parameters<typeof ask>): Promise<Preview> =>
  previewSchema.parse((await ask(...asked)).json);

async function aToken(permissions: readonly string[]): Promise<Client> {
  const { json } = await api("POST", "/api/tokens", { name: "Previews", permissions, expiresInDays: 1 });
  return clientOf(product.url, { authorization: `Bearer ${createdTokenSchema.parse(json).token}` });
}

it("one step of what is on the screen is shown on a past event, whatever else of it is unfinished", async () => {
  const drawn = { ...draft, nodes: [...draft.nodes, { ...draft.nodes[1], id: "later", config: {} }] };
  const { arrival, texts, isMasked } = await preview("tell", 3, api, { draft: drawn });
  expect({ arrival, text: texts["input.text"]?.text, isMasked }).toEqual({
    arrival: "here",
    text: "From Quirina: The numbat left",
    isMasked: false,
  });
});

it("the past events say which of them start the flow, and the preview of one that does not says so", async () => {
  expect(events.map(({ score, starts }) => [score, starts])).toEqual([
    [9, false],
    [3, true],
  ]);
  expect((await preview("tell", 9)).arrival).toBe("notStarted");
});

it("a split goes the way that the same person goes in earnest", async () => {
  const runId = said.runIds[0] ?? "";
  await runUntil(api, runId, ({ state }) => state === "finished");
  const { rows } = await sql<{ output: string }>`select data ->> 'output' as output from run_fact
    where kind = 'chose' and run_id = ${runId}::uuid`.execute(product.database.db);
  expect((await preview("half", 3)).way).toBe(rows[0]?.output);
});

it("names and words are taken for not sent, where the reader may not see people", async () => {
  const as = await aToken(["flows:edit", "feedback:read"]);
  const { status, text } = await ask("tell", 3, as);
  expect(status).toBe(200);
  expect(text).not.toMatch(/numbat|Quirina/i);
  const { isMasked, texts } = await preview("tell", 3, as);
  expect(isMasked).toBe(true);
  expect(texts["input.text"]?.problem).toMatchObject({ code: "missing_field", path: "contact.name" });
});

it("nothing is shown without the right to read feedback, beyond somebody's reach, or of a step that is not there", async () => {
  expect((await ask("tell", 3, await aToken(["flows:edit"]))).status).toBe(403);
  const { as } = await aMemberOf(product, api, [region("Mars")], "builder");
  expect((await ask("tell", 3, as)).status).toBe(404);
  expect((await ask("gone", 3)).status).toBe(404);
});

it("the audit is told who was shown a person", async () => {
  await preview("tell", 3, await apiAs(product, "builder"));
  const { rows } = await sql`select 1 from audit_event where action = 'person.revealed'
    and data ->> 'route' = '/api/flows/:flowId/preview'`.execute(product.database.db);
  expect(rows.length).toBeGreaterThan(0);
});
