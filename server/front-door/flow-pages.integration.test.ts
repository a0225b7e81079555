import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { aNode } from "../../workflows/flow/testing/a-flow.js";
import type { FlowDetail, FlowProblem } from "../flows/flow-api.js";
import { aResponse, deliver, demoSource } from "./testing/clients.js";
import { connectionsOf, draftFor, publishFlow, type Connections } from "./testing/runs.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ worker: false });
let connections: Connections;

beforeAll(async () => {
  connections = await connectionsOf(api);
});

const post = (text: string, id = "tell") =>
  aNode("action", id, {
    action: "slack.postMessage@1",
    connectionId: connections.slack,
    input: { channel: "#cx", text },
  });
const aDraft = (text = "Hello") => draftFor("Flow pages", [post(text)], "start > tell");
const createFlow = async (name: string, draft = aDraft()) =>
  (await api("POST", "/api/flows", { name, draft })).json as FlowDetail;

it("a flow is created, renamed, listed and read with its draft", async () => {
  const flow = await createFlow("First");
  expect(flow).toMatchObject({
    name: "First",
    state: "draft",
    version: null,
    draftRevision: 0,
    unpublishedChanges: false,
  });
  expect(await api("PATCH", `/api/flows/${flow.id}`, { name: "Renamed" })).toMatchObject({
    status: 200,
    json: { name: "Renamed" },
  });
  const { items } = (await api("GET", "/api/flows")).json as { items: FlowDetail[] };
  expect(items.find(({ id }) => id === flow.id)).toMatchObject({ name: "Renamed", state: "draft" });
  expect((await api("GET", `/api/flows/${flow.id}`)).json).toMatchObject({
    draft: { nodes: [{ id: "start" }, { id: "tell" }] },
  });
});

it("an empty flow begins with a draft that can be read and saved", async () => {
  const made = await api("POST", "/api/flows", { name: "Empty" });
  expect(made.status).toBe(201);
  const { id, draft, draftRevision } = made.json as FlowDetail;
  expect(await api("PUT", `/api/flows/${id}/draft`, { draft, revision: draftRevision })).toMatchObject({ status: 200 });
});

it("a save on a stale draft is answered 409 with the revision that is there, and overwrites nothing", async () => {
  const { id } = await createFlow("Two editors");
  const save = (text: string, revision: number) =>
    api("PUT", `/api/flows/${id}/draft`, { draft: aDraft(text), revision });
  expect((await save("mine", 0)).json).toMatchObject({ revision: 1 });
  expect(await save("theirs", 0)).toMatchObject({ status: 409, json: { code: "draft_conflict", revision: 1 } });
  expect(JSON.stringify((await api("GET", `/api/flows/${id}`)).json)).toContain("mine");
  expect(await api("POST", `/api/flows/${id}/publish`, { revision: 0 })).toMatchObject({ status: 409 });
});

it("two saves at once: one wins, the other is told", async () => {
  const { id } = await createFlow("A race");
  const saves = await Promise.all(
    ["a", "b"].map((text) => api("PUT", `/api/flows/${id}/draft`, { draft: aDraft(text), revision: 0 })),
  );
  expect(saves.map(({ status }) => status).sort()).toEqual([200, 409]);
});

it("what keeps a flow from running is told for each node and field, by the check and by a publish answered 422", async () => {
  const unfinished = draftFor(
    "Flow pages",
    [
      post("{{ feedback.nonsense }}"),
      aNode("action", "ticket", {
        action: "jira.createIssue@1",
        connectionId: connections.slack,
        input: { project: "RND" },
      }),
    ],
    "start > tell, tell > ticket",
  );
  const { id } = await createFlow("Unfinished", unfinished);
  const check = (await api("POST", `/api/flows/${id}/check`)).json as { problems: FlowProblem[] };
  const named = check.problems.map(({ nodeId }) => nodeId);
  expect(named).toEqual(expect.arrayContaining(["tell", "ticket"]));
  expect(check.problems.find(({ nodeId, field }) => nodeId === "ticket" && field === "connectionId")).toMatchObject({
    code: "wrong_connection",
  });
  for (const { message } of check.problems) expect(message).toMatch(/^\S.*[.?!”]$/);
  const refused = await api("POST", `/api/flows/${id}/publish`, { revision: 0 });
  expect(refused).toMatchObject({ status: 422, json: { code: "flow_not_publishable", problems: check.problems } });
  expect((await api("GET", `/api/flows/${id}`)).json).toMatchObject({ state: "draft", version: null });
});

it("a check names the other live flow that would follow up the same answers, and not one that is paused", async () => {
  const draft = draftFor("Heard twice", [post("Hello")], "start > tell");
  const first = await publishFlow(api, "The first", draft);
  const { id } = await createFlow("The second", draft);
  const warnings = async (flowId: string) =>
    ((await api("POST", `/api/flows/${flowId}/check`)).json as { warnings: FlowProblem[] }).warnings;
  expect(await warnings(id)).toMatchObject([{ code: "also_heard", nodeId: "start", params: { name: "The first" } }]);
  expect(await warnings(first)).toEqual([]);
  await api("POST", `/api/flows/${first}/pause`);
  expect(await warnings(id)).toEqual([]);
});

it("each publish is a version of its own, and says whether the draft has moved on", async () => {
  const id = await publishFlow(api, "Versions", aDraft("one"));
  await api("PUT", `/api/flows/${id}/draft`, { draft: aDraft("two"), revision: 0 });
  expect((await api("GET", `/api/flows/${id}`)).json).toMatchObject({
    version: 1,
    state: "live",
    unpublishedChanges: true,
  });
  const second = await api("POST", `/api/flows/${id}/publish`, { revision: 1, note: "Second words" });
  expect(second).toMatchObject({ status: 200, json: { version: 2 } });
  const versions = (await api("GET", `/api/flows/${id}/versions`)).json as { items: object[] };
  expect(versions.items).toMatchObject([
    { number: 2, note: "Second words" },
    { number: 1, note: null },
  ]);
  expect((await api("GET", `/api/flows/${id}`)).json).toMatchObject({ unpublishedChanges: false });
});

it("a deleted flow starts nothing any more and its address is gone", async () => {
  const source = await demoSource(product);
  const id = await publishFlow(api, "Short-lived", aDraft());
  const before = (await deliver(product, source, aResponse({ product: "Flow pages" }))).runIds.length;
  expect(await api("DELETE", `/api/flows/${id}`)).toMatchObject({ status: 200 });
  expect(await api("GET", `/api/flows/${id}`)).toMatchObject({ status: 404 });
  expect((await deliver(product, source, aResponse({ product: "Flow pages" }))).runIds).toHaveLength(before - 1);
});

it("the catalogue offers every public action with a form, and hides nothing that a published flow may use", async () => {
  const { actions, fields } = (await api("GET", "/api/catalogue")).json as {
    actions: { ref: string; internal: boolean }[];
    fields: { path: string }[];
  };
  expect(actions.filter(({ internal }) => !internal).map(({ ref }) => ref)).toEqual(
    expect.arrayContaining([
      "slack.postMessage@1",
      "jira.createIssue@1",
      "jira.commentIssue@1",
      "salesforce.createTask@1",
      "salesforce.createCase@1",
      "salesforce.createNote@1",
      "salesforce.updateContact@1",
      "http.request@1",
    ]),
  );
  expect(fields.map(({ path }) => path)).toContain("feedback.score");
});

it("saving a draft is in the audit, once an hour for each doer and flow, however often it is saved", async () => {
  const flow = await createFlow("Drawn");
  for (const revision of [0, 1, 2]) {
    const body = { draft: aDraft(`Hello ${String(revision)}`), revision };
    expect((await api("PUT", `/api/flows/${flow.id}/draft`, body)).status).toBe(200);
  }
  const { rows } = await sql<{ hours: number; entries: number }>`
    select count(*)::int as entries, count(distinct date_trunc('hour', at))::int as hours from audit_event
    where target_id = ${flow.id} and action = 'flow.draft_saved'`.execute(product.database.db);
  expect(rows[0]?.entries).toBeGreaterThan(0);
  expect(rows[0]?.entries).toBe(rows[0]?.hours);
});
