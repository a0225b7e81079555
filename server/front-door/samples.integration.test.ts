import { sql } from "kysely";
import { expect, test } from "vitest";
import { demoSettings } from "../../integrations/generic/index.js";
import { acceptedSchema, sampleNames } from "../sources/source-api.js";
import { connect, deeds, publishFlow } from "../testing/product-front.js";
import { demoSource } from "./testing/clients.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ worker: false });

const send = (sourceId: string, sample: string) => api("POST", `/api/sources/${sourceId}/samples`, { sample });

test("each sample comes in by the source's own door, starts the flows that hear it, and stands in the audit", async () => {
  const { id } = await demoSource(product);
  const started: Record<string, number> = {};
  for (const name of sampleNames) {
    const answer = await send(id, name);
    expect(answer.status, answer.text).toBe(202);
    const { eventId, runIds } = acceptedSchema.parse(answer.json);
    expect(eventId).not.toBeNull();
    started[name] = runIds.length;
  }
  // Northwind is a key account: the demo's second flow asks a manager too.
  expect(started).toEqual({ bug: 1, promoter: 0, keyAccount: 2, french: 1 });
  const { text } = await api("GET", "/api/feedback?limit=10");
  for (const words of ["The export crashes", "Thank you!", "comparing offers", "La facture"])
    expect(text).toContain(words);
  const audit = await api("GET", "/api/audit?action=source.sampled");
  expect(audit.json).toMatchObject({ items: sampleNames.map(() => ({ action: "source.sampled" })) });
});

test("none is made for employees, nor for a source that is paused", async () => {
  const settings = { ...demoSettings, domain: "employee" };
  const { id } = (await api("POST", "/api/sources", { name: "Pulse", kind: "generic", settings })).json as {
    id: string;
  };
  expect(await send(id, "bug")).toMatchObject({ status: 409, json: { code: "no_sample" } });
  await api("PUT", `/api/sources/${id}`, { state: "paused" });
  expect(await send(id, "bug")).toMatchObject({ status: 409, json: { code: "source_paused" } });
});

test("none is made that a live flow would take to a real system, whatever else is the sandbox's", async () => {
  const connectionId = await connect(api, product.sandbox, "slack");
  const drawing = { nodes: [["tell", "action", deeds.slack(connectionId, "#cx")]], edges: "start > tell" } as const;
  const { flowId, sourceId } = await publishFlow(api, "Real", drawing);
  await sql`update connection set sandbox = false where id = ${connectionId}`.execute(product.database.db);
  expect(await send(sourceId, "promoter")).toMatchObject({ status: 409, json: { code: "sample_reaches_real" } });
  const { id } = await demoSource(product);
  expect((await send(id, "promoter")).status).toBe(202);
  await api("POST", `/api/flows/${flowId}/pause`);
  expect((await send(sourceId, "promoter")).status).toBe(202);
});

test("none is made that a live flow would take to an address of somebody's", async () => {
  const call = {
    action: "http.request@1",
    connectionId: null,
    input: { url: "https://hooks.example/told", body: "{}" },
  };
  const drawing = { nodes: [["call", "action", call]], edges: "start > call" } as const;
  const { sourceId } = await publishFlow(api, "Calls", drawing);
  expect(await send(sourceId, "promoter")).toMatchObject({ status: 409, json: { code: "sample_reaches_real" } });
});

test("none is made where every system is real", async () => {
  const { id } = await demoSource(product);
  await sql`update connection set sandbox = false`.execute(product.database.db);
  expect(await send(id, "promoter")).toMatchObject({ status: 409, json: { code: "sandbox_off" } });
});
