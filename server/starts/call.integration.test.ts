import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { aNode, ways } from "../../workflows/flow/testing/a-flow.js";
import type { Start } from "../../workflows/flow/start.js";
import type { FlowDetail, ListedFlow } from "../flows/flow-api.js";
import type { RunSummary } from "../runs/run-api.js";
import type { AuditEvent } from "../audit/audit-api.js";
import { connectionsOf, finished, publishFlow, runUntil, type Connections } from "../front-door/testing/runs.js";
import { aResponse, apiAs, deliver, demoSource } from "../front-door/testing/clients.js";
import { useProduct } from "../front-door/testing/use-product.js";
import { clientOf } from "../testing/http.js";
import type { StartedRun } from "./start-api.js";

const { product, api } = useProduct();
let connections: Connections;
let flowId: string;

const start: Start = {
  kind: "call",
  fields: [
    { name: "reason", title: "Reason", type: "string", required: true },
    { name: "whom", title: "Whom", type: "contact", required: false },
  ],
};

const drawn = (config: object, text: string) => ({
  schemaVersion: 1 as const,
  retiredIds: [],
  nodes: [
    aNode("trigger", "start", { ...config }),
    aNode("action", "tell", {
      action: "slack.postMessage@1",
      connectionId: connections.slack,
      input: { channel: "#cx", text },
    }),
  ],
  edges: ways("start > tell"),
});

beforeAll(async () => {
  connections = await connectionsOf(api);
  flowId = await publishFlow(api, "Called", drawn({ start }, "{{ start.by }} says {{ start.reason }}"));
});

const call = async (fields: object, key: string = randomUUID(), id = flowId) =>
  api("POST", `/api/flows/${id}/runs`, { fields }, { "idempotency-key": key });
const started = async (fields: object, key?: string): Promise<StartedRun> => {
  const { status, json, text } = await call(fields, key);
  if (status !== 202) throw new Error(text);
  return json as StartedRun;
};
const code = ({ status, json }: { status: number; json: unknown }) => [status, (json as { code?: string }).code];
const countOf = async (table: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
    product.database.db,
  );
  return rows[0]?.n ?? 0;
};

describe("a start by hand or by API", () => {
  it("is a run that reads who started it and what they filled in, and stands in the audit", async () => {
    const { runId, duplicate, eventId } = await started({ reason: "a late order" });
    expect(duplicate).toBe(false);
    const run = await finished(api, runId ?? "");
    expect(run).toMatchObject({ state: "finished", flowId, sourceName: "Starts of flows", score: null });
    expect(run.start).toMatchObject({ kind: "api", by: "test admin" });
    const { items: runs } = (await api("GET", `/api/runs?flowId=${flowId}`)).json as { items: RunSummary[] };
    expect(runs.find(({ id }) => id === runId)?.start).toEqual(run.start);
    expect(run.effects).toMatchObject([{ state: "done", request: { text: "test admin says a late order" } }]);
    expect(run.event).toMatchObject({ start: { by: "test admin", reason: "a late order" } });
    const { items } = (await api("GET", "/api/audit?limit=20")).json as { items: AuditEvent[] };
    expect(items.find(({ action }) => action === "flow.started")).toMatchObject({ target: { id: flowId } });
    expect(eventId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("that comes twice with one key is one run, also at the same moment and while the flow is paused", async () => {
    const key = "Order 4711 of ann@example.com";
    const before = await countOf("run");
    const both = await Promise.all([started({ reason: "twice" }, key), started({ reason: "twice" }, key)]);
    expect(new Set(both.map(({ runId }) => runId)).size).toBe(1);
    expect(both.map(({ duplicate }) => duplicate).toSorted()).toEqual([false, true]);
    await api("POST", `/api/flows/${flowId}/pause`);
    expect(await started({ reason: "twice" }, key)).toEqual({ ...both[0], duplicate: true });
    expect(code(await call({ reason: "other words" }, key))).toEqual([409, "start_key_used"]);
    expect(code(await call({ reason: "a new one" }))).toEqual([409, "flow_paused"]);
    await api("POST", `/api/flows/${flowId}/resume`);
    expect(await countOf("run")).toBe(before + 1);
    const { rows } = await sql<{ text: string }>`
      select string_agg(external_id, ' ') as text from response join source on source.id = response.source_id
      where source.kind = 'starts'`.execute(product.database.db);
    expect(rows[0]?.text).not.toContain("4711");
  });

  it("without a key, with wrong fields, or of a flow that feedback starts is refused, and says what to do", async () => {
    const bare = await api("POST", `/api/flows/${flowId}/runs`, { fields: { reason: "x" } });
    expect(code(bare)).toEqual([400, "start_key_missing"]);
    expect(bare.text).toContain("Idempotency-Key");
    const wrong = await call({ whom: "nobody" });
    expect(code(wrong)).toEqual([422, "start_fields_wrong"]);
    expect(wrong.json).toMatchObject({
      problems: [
        { field: "reason", code: "value_missing" },
        { field: "whom", code: "wrong_value" },
      ],
    });
    const listens = await publishFlow(api, "Listens", drawn({ metrics: ["csat"] }, "Hello"));
    expect(code(await call({}, randomUUID(), listens))).toEqual([409, "flow_not_called"]);
    const { id: draft } = (await api("POST", "/api/flows", { name: "Draft", draft: drawn({ start }, "x") }))
      .json as FlowDetail;
    expect(code(await call({}, randomUUID(), draft))).toEqual([409, "not_published"]);
    expect(code(await call({}, randomUUID(), randomUUID()))).toEqual([404, "not_found"]);
  });

  it("is no feedback: no list and no number of feedback has it, nothing is delivered to it, and no other flow hears it", async () => {
    const everything = await publishFlow(api, "Hears all", drawn({}, "{{ feedback.source }}"));
    const { runId, eventId } = await started({ reason: "quiet", whom: "quiet@example.com" });
    await finished(api, runId ?? "");
    const { items } = (await api("GET", "/api/feedback?limit=100")).json as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).not.toContain(eventId);
    expect((await api("GET", "/api/sources")).text).not.toContain("Starts of flows");
    expect((await api("GET", "/api/oversight")).text).not.toContain("Starts of flows");
    expect((await api("GET", `/api/runs?flowId=${everything}`)).json).toMatchObject({ items: [] });
    expect((await api("GET", `/api/flows/${everything}/past-events`)).text).not.toContain("Starts of flows");
    const pastOf = async (query: string) => (await api("GET", `/api/flows/${flowId}/past-events${query}`)).text;
    expect(await pastOf("?of=feedback")).toContain('"metric":"nps"');
    expect(await pastOf("?of=feedback")).not.toContain("Starts of flows");
    expect(await pastOf("")).toContain("Starts of flows");
    expect(await pastOf("")).not.toContain('"metric":"nps"');
    const { rows } = await sql<{ id: string }>`select id from source where kind = 'starts'`.execute(
      product.database.db,
    );
    expect(rows).toHaveLength(1);
    const source = { id: rows[0]?.id ?? "", secret: (await demoSource(product)).secret };
    expect((await deliver(product, source, aResponse())).status).toBe(404);
    expect((await api("PUT", `/api/sources/${source.id}`, { name: "Mine" })).status).toBe(404);
    const found = await api("POST", "/api/privacy/search", { words: "quiet@example.com" });
    expect(found.json).toMatchObject({ contacts: [{ responses: 0 }] });
  });
});

describe("the list of flows", () => {
  it("tells which flows feedback starts", async () => {
    const byFeedback = async (id: string) =>
      ((await api("GET", "/api/flows")).json as { items: ListedFlow[] }).items.find((flow) => flow.id === id)
        ?.startedByFeedback;
    expect(await byFeedback(flowId)).toBe(false);
    expect(await byFeedback(await publishFlow(api, "Listens", drawn({ metrics: ["nps"] }, "Hello")))).toBe(true);
  });
});

describe("whom a start is about", () => {
  it("is asked what they allow, as of feedback: nothing is sent about who objects, and what was filled in is exported", async () => {
    const email = "objects@example.com";
    const first = await started({ reason: "first", whom: email });
    await finished(api, first.runId ?? "");
    const found = (await api("POST", "/api/privacy/search", { words: email })).json as { contacts: { id: string }[] };
    const contactId = found.contacts[0]?.id ?? "";
    const choices = { restricted: false, consents: [], objections: ["service"] };
    expect((await api("PUT", `/api/privacy/contacts/${contactId}/choices`, choices)).status).toBe(200);
    const second = await started({ reason: "second", whom: email });
    const run = await runUntil(api, second.runId ?? "", ({ steps }) => steps.some(({ stuck }) => stuck !== null));
    expect(run.effects.filter(({ state }) => state === "done")).toEqual([]);
    const file = await api("GET", `/api/privacy/contacts/${contactId}/export`);
    expect(file.text).toContain("second");
  });
});

describe("a try of a flow that is started", () => {
  it("goes by a past start, also where its reader may not see people, and by nothing made up, of which no test is kept", async () => {
    const { runId } = await started({ reason: "a try", whom: "tried@example.com" });
    const { responseId } = await finished(api, runId ?? "");
    const made = await api("POST", "/api/tokens", {
      ...{ name: "Tries", expiresInDays: 1, permissions: ["flows:edit", "feedback:read"] },
    });
    const masked = clientOf(product.url, { authorization: `Bearer ${(made.json as { token: string }).token}` });
    const past = { kind: "past", responseId };
    const path = `/api/flows/${flowId}/try`;
    expect((await api("POST", path, { event: past })).json).toMatchObject({ whyNot: null, isMasked: false });
    const seen = await masked("POST", path, { event: past });
    expect(seen.json).toMatchObject({ whyNot: null, isMasked: true });
    expect(seen.text).not.toMatch(/tried@example|test admin/);
    const event = { kind: "madeUp", feedback: { metric: "nps", score: 3 } };
    const whyNot = { kind: "started", by: "call" };
    expect((await api("POST", path, { event })).json).toMatchObject({ whyNot, path: [] });
    const kept = await api("POST", `/api/flows/${flowId}/tests`, { name: "None", event });
    expect(code(kept)).toEqual([409, "test_without_feedback"]);
  });
});

describe("who may start a flow", () => {
  it("whoever may act on runs, and nobody who sees certain sources or other flows only", async () => {
    const as = async (body: object) => {
      const made = await api("POST", "/api/tokens", { name: "Narrow", expiresInDays: 1, ...body });
      const { token } = made.json as { token: string };
      const client = clientOf(product.url, { authorization: `Bearer ${token}` });
      return code(
        await client(
          "POST",
          `/api/flows/${flowId}/runs`,
          { fields: { reason: "x" } },
          {
            "idempotency-key": randomUUID(),
          },
        ),
      );
    };
    const viewer = await apiAs(product, "viewer");
    expect((await viewer("POST", `/api/flows/${flowId}/runs`, { fields: {} })).status).toBe(403);
    const permissions = ["runs:act"];
    expect(await as({ permissions, flowIds: [flowId] })).toEqual([202, undefined]);
    expect(await as({ permissions, flowIds: [await publishFlow(api, "Other", drawn({ start }, "x"))] })).toEqual([
      404,
      "not_found",
    ]);
    const { id: sourceId } = await demoSource(product);
    expect(await as({ permissions, sourceIds: [sourceId] })).toEqual([403, "forbidden"]);
    expect(await as({ permissions: ["runs:read"] })).toEqual([403, "forbidden"]);
  });
});
