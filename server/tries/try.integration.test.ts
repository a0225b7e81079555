import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import type { FlowDetail } from "../flows/flow-api.js";
import { apiAs } from "../front-door/testing/clients.js";
import { createdTokenSchema } from "../members/token-api.js";
import { clientOf, type Client } from "../testing/http.js";
import { CX, messages } from "../front-door/testing/slack.js";
import { runUntil } from "../front-door/testing/runs.js";
import { aMemberOf, region } from "../front-door/testing/said-rows.js";
import { useProduct } from "../front-door/testing/use-product.js";
import { connect, deeds, post, publishFlow, type FlowHandle, type Posted } from "../testing/product-front.js";
import { pastEventsSchema, trySchema, type Try } from "./try-api.js";

const { product, api } = useProduct({ demo: false });
const NOBODY = { name: null, email: null, phone: null, externalId: null };
const words = 'Score {{ feedback.score }}: {{ feedback.comment | default: "nothing" }} {{ run.url }}';
let flow: FlowHandle;
let slack: string;
let said: Posted;

beforeAll(async () => {
  slack = await connect(api, product.sandbox, "slack");
  const jira = await connect(api, product.sandbox, "jira");
  const when = { match: "all", rows: [{ field: "feedback.score", operator: "atMost", value: 6 }] };
  flow = await publishFlow(api, "Tried", {
    trigger: { when },
    nodes: [
      ["tell", "action", deeds.slack(slack, CX, words)],
      ["ticket", "action", deeds.jira(jira, 'NPS {{ feedback.score }}: {{ feedback.comment | default: "no words" }}')],
      ["rest", "wait", { duration: { amount: 2, unit: "days" } }],
      ["again", "action", deeds.slack(slack, CX, "See {{ steps.ticket.key }}")],
    ],
    edges: "start > tell, start > ticket, ticket > rest, rest > again",
  });
  said = await post(flow, { score: 3, comment: "The numbat left", name: "Quirina", email: "q@numbat.example" });
}, 60_000);

const responseOf = async ({ responseId }: Posted): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select id from response where external_id = ${responseId}`.execute(
    product.database.db,
  );
  return rows[0]?.id ?? "";
};
const path = () => `/api/flows/${flow.flowId}/try`;
const madeUp = (feedback: object = {}) => ({ kind: "madeUp", feedback: { metric: "nps", score: 3, ...feedback } });
const tryOn = async (event: object, more: object = {}, as = api): Promise<Try> =>
  trySchema.parse((await as("POST", path(), { event, ...more })).json);
const effectOf = ({ effects }: Try, nodeId: string) => effects.find((effect) => effect.nodeId === nodeId);
const stepOf = ({ steps }: Try, nodeId: string) => steps.find((step) => step.nodeId === nodeId);

describe("a try of a past event", () => {
  it("says what its run did, and sends nothing", async () => {
    const runId = said.runIds[0] ?? "";
    const run = await runUntil(api, runId, ({ state }) => state === "waiting");
    const before = messages(product).length;
    const tried = await tryOn({ kind: "past", responseId: await responseOf(said) });
    expect(tried).toMatchObject({ whyNot: null, isMasked: false, state: "finished" });
    for (const { nodeId, request } of run.effects) {
      const { input } = effectOf(tried, nodeId) ?? {};
      expect(JSON.parse(JSON.stringify(input).replaceAll(NO_RUN, runId))).toEqual(request);
    }
    expect(tried.path).toEqual(["start", "tell", "ticket", "rest", "again"]);
    expect(messages(product)).toHaveLength(before);
    expect((await api("GET", `/api/runs?flowId=${flow.flowId}`)).json).toMatchObject({ items: [{ id: runId }] });
  });

  it("shows each request as it would leave, without any credential, and waits as what they would wait for", async () => {
    const tried = await tryOn({ kind: "past", responseId: await responseOf(said) });
    const { request, connection } = effectOf(tried, "tell") ?? {};
    expect(connection).toMatchObject({ id: slack, state: "ok" });
    expect(request).toMatchObject({ method: "POST", headers: { authorization: "Bearer (secret)" } });
    expect(request?.url).toBe(`${product.sandbox.baseUrl("slack")}/api/chat.postMessage`);
    const text = new URLSearchParams(request?.body ?? "").get("text");
    expect(text).toMatch(/^Score 3: The numbat left http/);
    expect(Date.parse(stepOf(tried, "rest")?.waitsUntil ?? "") - Date.parse(tried.at)).toBe(2 * 86_400_000);
    expect(stepOf(tried, "again")?.cameIn).toEqual({ "steps.ticket.key": "ABC-123" });
  });

  it("is possible while the connection is paused", async () => {
    await api("POST", `/api/connections/${slack}/pause`);
    const tried = await tryOn(madeUp());
    expect(effectOf(tried, "tell")).toMatchObject({ connection: { state: "paused" }, refused: null });
    await api("POST", `/api/connections/${slack}/resume`);
  });

  it("tells the audit that somebody was shown a person", async () => {
    const builder = await apiAs(product, "builder");
    await tryOn({ kind: "past", responseId: await responseOf(said) }, {}, builder);
    const { rows } = await sql`select 1 from audit_event where action = 'person.revealed'
      and data ->> 'route' = '/api/flows/:flowId/try'`.execute(product.database.db);
    expect(rows.length).toBeGreaterThan(0);
  });

  it("takes words and names for not sent, where its reader may not see people", async () => {
    const as = await aToken(["flows:edit", "feedback:read"]);
    const tried = await tryOn({ kind: "past", responseId: await responseOf(said) }, {}, as);
    expect(tried).toMatchObject({ isMasked: true, event: { contact: NOBODY } });
    expect(JSON.stringify(tried)).not.toMatch(/numbat|Quirina/i);
    expect(effectOf(tried, "ticket")?.input).toMatchObject({ summary: "NPS 3: no words" });
    const listed = await as("GET", `/api/flows/${flow.flowId}/past-events`);
    expect(listed.status).toBe(200);
    expect(listed.text).not.toMatch(/numbat|Quirina/i);
  });

  it("is not found beyond somebody's reach, and none is listed", async () => {
    const { as } = await aMemberOf(product, api, [region("Mars")], "builder");
    const responseId = await responseOf(said);
    expect((await as("POST", path(), { event: { kind: "past", responseId } })).status).toBe(404);
    expect((await as("GET", `/api/flows/${flow.flowId}/past-events`)).json).toEqual({ items: [] });
  });

  it("is none of what employees said, for anybody", async () => {
    const staff = await publishFlow(
      api,
      "Staff",
      { nodes: [["over", "end", {}]], edges: "start > over" },
      { domain: "employee" },
    );
    const responseId = await responseOf(await post(staff, { comment: "Quokka" }));
    expect((await api("POST", path(), { event: { kind: "past", responseId } })).status).toBe(404);
    expect((await api("GET", `/api/flows/${staff.flowId}/past-events`)).json).toEqual({ items: [] });
    const invented = await tryOn(madeUp({ sourceId: staff.sourceId, comment: "Made up" }), { draft: await anyDraft() });
    expect(effectOf(invented, "tell")?.input["text"]).toMatch(/^Score \[score]: \[comment]/);
  });
});

describe("the events that a flow can be tried on", () => {
  it("are the newest of its sources, with their words", async () => {
    const { json } = await api("GET", `/api/flows/${flow.flowId}/past-events`);
    expect(pastEventsSchema.parse(json).items).toMatchObject([
      { responseId: await responseOf(said), score: 3, comment: "The numbat left", contactName: "Quirina" },
    ]);
  });

  it("may be made up, and one that does not start the flow says why", async () => {
    const tried = await tryOn(madeUp({ score: 9 }));
    expect(tried).toMatchObject({
      whyNot: { kind: "condition", read: { "feedback.score": 9 } },
      path: [],
      effects: [],
    });
  });

  it("may be a delivery, read by the mapping of its source", async () => {
    const payload = JSON.stringify({
      responseId: "r1",
      score: 2,
      comment: "Pasted",
      submittedAt: "2026-01-05T10:00:00Z",
    });
    const pasted = { kind: "payload", sourceId: flow.sourceId };
    expect(effectOf(await tryOn({ ...pasted, payload }), "ticket")?.input).toMatchObject({ summary: "NPS 2: Pasted" });
    const unread = await api("POST", path(), { event: { ...pasted, payload: '{"score": 99}' } });
    expect(unread).toMatchObject({ status: 422, json: { code: "payload_not_read" } });
    expect((await api("POST", path(), { event: { ...pasted, payload: "not JSON" } })).status).toBe(400);
  });
});

describe("a draft on the screen", () => {
  it("is tried in place of the saved one, with pinned answers", async () => {
    const pins = { ticket: { kind: "done", output: { key: "SUP-9" } } };
    const tried = await tryOn(madeUp(), { draft: await anyDraft("Now {{ feedback.score }}"), pins });
    expect(effectOf(tried, "tell")?.input).toMatchObject({ text: "Now 3" });
    expect(effectOf(tried, "again")?.input).toMatchObject({ text: "See SUP-9" });
    expect(stepOf(tried, "ticket")).toMatchObject({ isPinned: true, values: { key: "SUP-9" } });
  });

  it("says what keeps it from being published, for a try needs a whole flow", async () => {
    const { nodes, ...rest } = await anyDraft();
    const draft = { ...rest, nodes: nodes.map((node) => (node.id === "tell" ? { ...node, config: {} } : node)) };
    expect(await api("POST", path(), { event: madeUp(), draft })).toMatchObject({
      status: 422,
      json: { code: "flow_not_publishable" },
    });
  });

  it("fails where the action itself would refuse, before anything leaves", async () => {
    const tried = await tryOn(madeUp(), { draft: await anyDraft("{{ feedback.product | default: ' ' }}") });
    expect(effectOf(tried, "tell")).toMatchObject({ request: null, refused: { code: "no_text" } });
    expect(stepOf(tried, "tell")).toMatchObject({ state: "stuck", stuck: { code: "no_text" } });
    expect(tried.state).toBe("stuck");
  });
});

const NO_RUN = "00000000-0000-0000-0000-000000000000";

async function aToken(permissions: readonly string[]): Promise<Client> {
  const { json } = await api("POST", "/api/tokens", { name: "Tries", permissions, expiresInDays: 1 });
  return clientOf(product.url, { authorization: `Bearer ${createdTokenSchema.parse(json).token}` });
}

/** The saved draft with another text. */
async function anyDraft(text = words): Promise<FlowDetail["draft"]> {
  const { draft } = (await api("GET", `/api/flows/${flow.flowId}`)).json as FlowDetail;
  const nodes = draft.nodes.map((node) =>
    node.id === "tell" ? { ...node, config: { ...node.config, input: { channel: CX, text } } } : node,
  );
  return {
    ...draft,
    nodes: nodes.map((node) => (node.id === "start" ? { ...node, config: { ...node.config, sources: [] } } : node)),
  };
}
