import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { until } from "../../workflows/testing/until.js";
import { runListSchema, type RunDetail } from "../runs/run-api.js";
import { failureGroupsSchema, manyDoneSchema, resumedSchema, type FailureGroup } from "../runs/run-group-api.js";
import type { Client } from "../testing/http.js";
import { connect, deeds, post, publishFlow, type FlowHandle } from "../testing/product-front.js";
import { apiAs } from "./testing/clients.js";
import { runUntil, stepOf } from "./testing/runs.js";
import { aMemberOf } from "./testing/said-rows.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ demo: false });
let [refused, ended, pulse]: FlowHandle[] = [];
let viewer: Client;
const runs = { stuck: [] as string[], ended: [] as string[], pulse: [] as string[] };
const sam = "sam@list.example";
const anna = "anna@list.example";

beforeAll(async () => {
  const jira = await connect(api, product.sandbox, "jira");
  const failing = {
    nodes: [["ticket", "action", deeds.jira(jira, "Nowhere", "NOPE")]],
    edges: "start > ticket",
  } as const;
  const ending = { nodes: [["over", "end", { outcome: "followed up" }]], edges: "start > over" } as const;
  refused = await publishFlow(api, "Refused", failing);
  ended = await publishFlow(api, "Ended", ending);
  pulse = await publishFlow(api, "Pulse", failing, { domain: "employee" });
  viewer = await apiAs(product, "viewer");
  for (const email of [sam, anna, sam]) runs.stuck.push(...(await post(refused, { email })).runIds);
  for (const email of [sam, anna]) runs.ended.push(...(await post(ended, { email })).runIds);
  for (const email of ["emma@list.example", "eric@list.example"])
    runs.pulse.push(...(await post(pulse, { email })).runIds);
  for (const id of [...runs.stuck, ...runs.pulse]) await runUntil(api, id, ({ state }) => state === "stuck");
  for (const id of runs.ended) await runUntil(api, id, ({ state }) => state === "finished");
}, 60_000);

async function listed(query: string, as: Client = api): Promise<string[]> {
  const { status, json, text } = await as("GET", `/api/runs?limit=200${query}`);
  expect([query, status, status === 200 ? "" : text]).toEqual([query, 200, ""]);
  return runListSchema.parse(json).items.map(({ id }) => id);
}
const newestFirst = (...ids: readonly string[][]): string[] => ids.flat().toSorted().toReversed();
const today = (): string => new Date().toISOString().slice(0, 10);
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function contactOf(email: string, as: Client = api): Promise<string | null> {
  const { json } = await as("POST", "/api/runs/contact", { email });
  return z.object({ contactId: z.string().nullable() }).parse(json).contactId;
}
async function groupsOf(as: Client = api, query = "") {
  return failureGroupsSchema.parse((await as("GET", `/api/runs/failure-groups${query}`)).json);
}
const groupIn = (groups: readonly FailureGroup[], { flowId }: FlowHandle) =>
  groups.find((group) => group.flowId === flowId);

describe("the list of runs", () => {
  it("is narrowed by flow, by one state or several, and by source", async () => {
    expect(await listed("")).toEqual(newestFirst(runs.stuck, runs.ended, runs.pulse));
    expect(await listed(`&flowId=${refused!.flowId}`)).toEqual(newestFirst(runs.stuck));
    expect(await listed("&state=stuck")).toEqual(newestFirst(runs.stuck, runs.pulse));
    expect(await listed("&state=finished")).toEqual(newestFirst(runs.ended));
    expect(await listed("&state=finished,stuck")).toEqual(newestFirst(runs.stuck, runs.ended, runs.pulse));
    expect(await listed(`&state=finished,stuck&sourceId=${ended!.sourceId}`)).toEqual(newestFirst(runs.ended));
    expect(await listed(`&flowId=${refused!.flowId}&sourceId=${ended!.sourceId}`)).toEqual([]);
    expect((await api("GET", "/api/runs?state=lost")).status).toBe(400);
  });

  it("is narrowed by days, of which both are meant", async () => {
    const all = newestFirst(runs.stuck, runs.ended, runs.pulse);
    expect(await listed(`&from=${inDays(-1)}&to=${inDays(1)}`)).toEqual(all);
    expect(await listed("&days=1")).toEqual(all);
    expect(await listed(`&to=${inDays(-2)}`)).toEqual([]);
    expect(await listed(`&from=${inDays(2)}`)).toEqual([]);
    expect((await api("GET", `/api/runs?from=${today()}T12:00:00Z`)).status).toBe(400);
  });

  it("is narrowed by how the latest attempt of a step failed", async () => {
    expect(await listed("&errorClass=REJECTED")).toEqual(newestFirst(runs.stuck, runs.pulse));
    expect(await listed("&errorClass=AUTH")).toEqual([]);
  });

  it("finds a run by its id or the beginning of it, and by how its outcome begins", async () => {
    const [id = ""] = runs.ended;
    expect(await listed(`&search=${id}`)).toEqual([id]);
    expect(await listed(`&search=${id.slice(0, 8)}`)).toContain(id);
    expect(await listed("&search=Follow")).toEqual(newestFirst(runs.ended));
    expect(await listed("&search=%25")).toEqual([]);
  });

  it("goes on page by page whatever it is narrowed by", async () => {
    for (const query of ["", "&state=stuck", "&errorClass=REJECTED", `&days=1`, `&sourceId=${refused!.sourceId}`]) {
      const pages: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const asked: string = `/api/runs?limit=2${query}${cursor === "" ? "" : `&cursor=${cursor}`}`;
        const page: z.infer<typeof runListSchema> = runListSchema.parse((await api("GET", asked)).json);
        pages.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      }
      expect([query, pages]).toEqual([query, await listed(query)]);
    }
  });

  it("shows nothing of another workspace, whatever is asked for", async () => {
    const { rows } = await sql<{ id: string }>`
      insert into workspace (id, name, created_at) values (gen_random_uuid(), 'Elsewhere', now()) returning id`.execute(
      product.database.db,
    );
    const stranger = await apiAs(product, "admin", rows[0]!.id);
    const contactId = (await contactOf(sam))!;
    for (const query of [
      `&flowId=${refused!.flowId}`,
      `&sourceId=${refused!.sourceId}`,
      `&contactId=${contactId}`,
      `&search=${runs.ended[0]!}`,
      "&state=stuck",
      "&errorClass=REJECTED",
    ])
      expect([query, await listed(query, stranger)]).toEqual([query, []]);
    expect((await groupsOf(stranger)).items).toEqual([]);
    const { json } = await stranger("POST", "/api/runs/many", { deed: "cancel", runIds: runs.stuck });
    expect(manyDoneSchema.parse(json)).toMatchObject({ done: 0, refused: [{ code: "not_found" }, {}, {}] });
  });
});

describe("runs of one person", () => {
  it("are found by their address, which stands in no address line, by who may see people", async () => {
    const contactId = await contactOf(sam.toUpperCase());
    expect(await listed(`&contactId=${contactId!}`)).toEqual(
      newestFirst([runs.stuck[0]!, runs.stuck[2]!, runs.ended[0]!]),
    );
    expect(await listed(`&contactId=${contactId!}&state=finished`)).toEqual([runs.ended[0]]);
    expect(await contactOf("nobody@list.example")).toBeNull();
    expect(await listed(`&search=${encodeURIComponent(sam)}`)).toEqual([]);
  });

  it("are nobody's to ask for who may not see people", async () => {
    expect((await viewer("POST", "/api/runs/contact", { email: sam })).status).toBe(403);
    const contactId = await contactOf(sam);
    expect((await viewer("GET", `/api/runs?contactId=${contactId!}`)).status).toBe(403);
    const { items } = runListSchema.parse((await viewer("GET", "/api/runs")).json);
    expect(items.map((item) => item.contactId).filter(Boolean)).toEqual([]);
  });

  it("are within reach alone: who sees one flow does not learn that somebody is in another", async () => {
    const { as } = await aMemberOf(product, api, [{ flowIds: [ended!.flowId] }]);
    expect(await listed("", as)).toEqual(newestFirst(runs.ended));
    expect(await listed(`&contactId=${(await contactOf(sam))!}`, as)).toEqual([runs.ended[0]]);
    expect(await listed("&errorClass=REJECTED", as)).toEqual([]);
    expect((await groupsOf(as)).items).toEqual([]);
    const { as: other } = await aMemberOf(product, api, [{ flowIds: [pulse!.flowId] }]);
    expect(await contactOf(sam, other)).toBeNull();
  });
});

describe("runs of employees", () => {
  it("are found by no person, not by their own address either", async () => {
    expect(await contactOf("emma@list.example")).toBeNull();
    const { rows } = await sql<{ id: string }>`
      select distinct contact_id as id from response join run on run.response_id = response.id
      where run.id = any(${runs.pulse}::uuid[])`.execute(product.database.db);
    expect(rows).toHaveLength(2);
    for (const { id } of rows) expect(await listed(`&contactId=${id}`)).toEqual([]);
    const { items } = runListSchema.parse((await api("GET", `/api/runs?flowId=${pulse!.flowId}`)).json);
    expect(items.map(({ contactId, contactName }) => [contactId, contactName])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it("are not told apart by how they went, by who does not see that", async () => {
    expect(await listed("&state=stuck", viewer)).toEqual(newestFirst(runs.stuck, runs.pulse));
    expect(await listed("&errorClass=REJECTED", viewer)).toEqual(newestFirst(runs.stuck));
    await api("POST", `/api/runs/${runs.pulse[0]!}/cancel`);
    await runUntil(api, runs.pulse[0]!, ({ finishedAt }) => finishedAt !== null);
    expect(await listed("&search=cancel")).toEqual([runs.pulse[0]]);
    expect(await listed("&search=cancel", viewer)).toEqual([]);
    expect(groupIn((await groupsOf(viewer)).items, pulse!)).toBeUndefined();
  });

  it("tell the day alone on which a step of theirs got stuck, and not what the other system said", async () => {
    const group = groupIn((await groupsOf()).items, pulse!);
    expect(group).toMatchObject({ runs: 1, message: null });
    expect(group?.since).toMatch(/T00:00:00\.000Z$/);
  });
});

describe("runs that are stuck at one step for one reason", () => {
  it("are a group, with what the other system said for those who may see people", async () => {
    const group = groupIn((await groupsOf()).items, refused!);
    expect(group).toMatchObject({ flowName: "Refused", node: { id: "ticket" }, runs: 3, inDoubt: false });
    expect(group?.runId).toBe(runs.stuck[2]);
    expect(group?.message).toMatch(/project/i);
    expect(groupIn((await groupsOf(viewer)).items, refused!)).toMatchObject({ runs: 3, message: null });
    expect((await groupsOf(api, `?flowId=${ended!.flowId}`)).items).toEqual([]);
  });

  it("are resumed together, each once however often that is pressed, and it is told by group and by run", async () => {
    const { items, asOf } = await groupsOf();
    const { flowId, node, code } = groupIn(items, refused!)!;
    const press = async (as: Client = api) =>
      resumedSchema.parse((await as("POST", "/api/runs/resume-group", { flowId, nodeId: node.id, code, asOf })).json);
    expect((await viewer("POST", "/api/runs/resume-group", { flowId, nodeId: node.id, code, asOf })).status).toBe(403);
    const pressed = await Promise.all([press(), press()]);
    expect(pressed.reduce((sum, { resumed }) => sum + resumed, 0)).toBe(3);
    // They are refused again: that is later than what was asked for.
    for (const id of runs.stuck)
      await runUntil(api, id, (run) => stepOf(run, "ticket").attempts === 2 && run.state === "stuck");
    expect(await press()).toEqual({ resumed: 0, left: 0 });
    for (const id of runs.stuck) expect(await retriesOf(id)).toBe(1);
    expect(await audited("run.group_resumed")).toMatchObject([{ target_id: flowId }]);
    expect(await audited("run.step_retried")).toHaveLength(3);
  });

  it("are left alone where they are stuck for another reason", async () => {
    const { items, asOf } = await groupsOf();
    const { flowId, node, code } = groupIn(items, refused!)!;
    const body = { flowId, nodeId: node.id, code: `${code}-other`, asOf };
    expect((await api("POST", "/api/runs/resume-group", body)).json).toEqual({ resumed: 0, left: 0 });
  });
});

describe("several runs at once", () => {
  it("are each judged for themselves: what is over is told, the others are done", async () => {
    const retried = await api("POST", "/api/runs/many", { deed: "retry", runIds: [runs.stuck[0], runs.ended[0]] });
    expect(retried.json).toEqual({ done: 1, refused: [{ runId: runs.ended[0], code: "run_finished" }] });
    expect(await retriesOf(runs.stuck[0]!)).toBe(2);
    const cancelled = await api("POST", "/api/runs/many", { deed: "cancel", runIds: [runs.stuck[1], runs.stuck[2]] });
    expect(cancelled.json).toEqual({ done: 2, refused: [] });
    await until(
      () => listed(`&state=cancelled&flowId=${refused!.flowId}`),
      ({ length }) => length === 2,
    );
    expect((await viewer("POST", "/api/runs/many", { deed: "cancel", runIds: runs.ended })).status).toBe(403);
  });
});

async function retriesOf(runId: string): Promise<number> {
  const { facts } = (await api("GET", `/api/runs/${runId}`)).json as RunDetail;
  return facts.filter(({ kind }) => kind === "retried").length;
}

async function audited(action: string) {
  const { rows } = await sql<{ target_id: string; data: object }>`
    select target_id, data from audit_event where action = ${action}`.execute(product.database.db);
  return rows;
}
