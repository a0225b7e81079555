import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import type { FlowDetail } from "../flows/flow-api.js";
import type { CountedVersion, DrawnVersionView } from "../flows/version-api.js";
import { aResponse, deliver, demoSource } from "./testing/clients.js";
import { connectionsOf, draftFor, publishFlow, type Connections } from "./testing/runs.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ worker: false });
let connections: Connections;

beforeAll(async () => {
  connections = await connectionsOf(api);
});

const PRODUCT = "Versions";
const aDraft = (text: string): FlowDraft => {
  const input = { channel: "#cx", text };
  const config = { action: "slack.postMessage@1", connectionId: connections.slack, input };
  const tell = { ...aNode("action", "tell", config), position: { x: 320, y: 48 } };
  return draftFor(PRODUCT, [tell], "start > tell");
};
const listed = async (flowId: string) =>
  ((await api("GET", `/api/flows/${flowId}/versions`)).json as { items: CountedVersion[] }).items;
const drawnIn = async (flowId: string, versionId: string) =>
  ((await api("GET", `/api/flows/${flowId}/versions/${versionId}`)).json as DrawnVersionView).drawn;
const read = async (flowId: string) => (await api("GET", `/api/flows/${flowId}`)).json as FlowDetail;

/** Two versions, the second drawn otherwise. */
async function twoVersions(name: string): Promise<string> {
  const flowId = await publishFlow(api, name, aDraft("one"));
  await api("PUT", `/api/flows/${flowId}/draft`, { draft: aDraft("two"), revision: 0 });
  expect(await api("POST", `/api/flows/${flowId}/publish`, { revision: 1, note: " Said better \n" })).toMatchObject({
    status: 200,
  });
  return flowId;
}

it("a version is read as it was drawn, whatever was drawn and published since", async () => {
  const flowId = await twoVersions("Drawn");
  const [second, first] = await listed(flowId);
  expect(second).toMatchObject({ number: 2, note: "Said better", isLive: true });
  expect(first).toMatchObject({ number: 1, note: null, isLive: false });
  expect(await drawnIn(flowId, first?.id ?? "")).toEqual(aDraft("one"));
  expect(await drawnIn(flowId, second?.id ?? "")).toEqual(aDraft("two"));
});

it("a version published before drafts were kept is read from what runs, where its steps stood", async () => {
  const flowId = await publishFlow(api, "Old", aDraft("old"));
  await sql`update flow_version set drawn = null where flow_id = ${flowId}`.execute(product.database.db);
  const [version] = await listed(flowId);
  const { nodes, edges } = await drawnIn(flowId, version?.id ?? "");
  expect(edges).toEqual(aDraft("old").edges);
  expect(nodes.find(({ id }) => id === "tell")).toMatchObject({ position: { x: 320, y: 48 }, title: "tell" });
});

it("a version is found at its own flow alone", async () => {
  const [mine, other] = [await publishFlow(api, "Mine", aDraft("a")), await publishFlow(api, "Other", aDraft("b"))];
  const [version] = await listed(other);
  expect(await api("GET", `/api/flows/${mine}/versions/${version?.id ?? ""}`)).toMatchObject({ status: 404 });
});

it("runs are counted by the version that they run", async () => {
  const source = await demoSource(product);
  const flowId = await publishFlow(api, "Counted", aDraft("one"));
  await deliver(product, source, aResponse({ product: PRODUCT }));
  await api("PUT", `/api/flows/${flowId}/draft`, { draft: aDraft("two"), revision: 0 });
  await api("POST", `/api/flows/${flowId}/publish`, { revision: 1 });
  for (const _ of [1, 2]) await deliver(product, source, aResponse({ product: PRODUCT }));
  expect((await listed(flowId)).map(({ number, runs }) => [number, runs])).toEqual([
    [2, 2],
    [1, 1],
  ]);
  const { items } = (await api("GET", `/api/runs?flowId=${flowId}`)).json as { items: { version: number }[] };
  expect(items.map(({ version }) => version)).toEqual([2, 2, 1]);
});

it("an unpublished flow is a draft that takes nothing up; published anew it goes on counting its versions", async () => {
  const source = await demoSource(product);
  const flowId = await twoVersions("Taken back");
  const started = async () => (await deliver(product, source, aResponse({ product: PRODUCT }))).runIds.length;
  const before = await started();
  expect(await api("POST", `/api/flows/${flowId}/unpublish`)).toMatchObject({
    status: 200,
    json: { state: "draft", version: 2, unpublishedChanges: false },
  });
  expect(await started()).toBe(before - 1);
  expect((await listed(flowId)).map(({ isLive }) => isLive)).toEqual([false, false]);
  for (const verb of ["unpublish", "pause", "resume"])
    expect(await api("POST", `/api/flows/${flowId}/${verb}`)).toMatchObject({
      status: 409,
      json: { code: "not_published" },
    });
  expect(await api("POST", `/api/flows/${flowId}/publish`, { revision: 1 })).toMatchObject({ json: { version: 3 } });
  expect(await read(flowId)).toMatchObject({ state: "live", version: 3 });
  expect(await started()).toBe(before);
  const { rows } = await sql<{ action: string }>`
    select action from audit_event where target_id = ${flowId} order by id`.execute(product.database.db);
  expect(rows.map(({ action }) => action)).toContain("flow.unpublished");
});
