import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { aDraft, aNode } from "../../workflows/flow/testing/a-flow.js";
import type { Role } from "../members/member-api.js";
import type { SaveTeam } from "../members/team-api.js";
import { clientOf, type Client } from "../testing/http.js";
import { aResponse, deliver, readOpenApi, type HookAnswer } from "./testing/clients.js";
import { aMember, makeTeam, NO_LIMITS } from "./testing/teams.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct();

const itemsSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
const itemsAt = async (as: Client, path: string) => itemsSchema.parse((await as("GET", path)).json).items;
const idsAt = async (as: Client, path: string): Promise<string[]> => (await itemsAt(as, path)).map(({ id }) => id);

const someone = (role: Role) => aMember(product, api, role);
const team = (wanted: Partial<SaveTeam> & { readonly name: string }) => makeTeam(api, wanted);

let source: { readonly demo: string; readonly other: string };
let flow: { readonly one: string; readonly other: string };
let said: HookAnswer;

beforeAll(async () => {
  const { settings } = z.looseObject({ settings: z.unknown() }).parse((await itemsAt(api, "/api/sources"))[0]);
  const [demo = ""] = await idsAt(api, "/api/sources");
  const made = await api("POST", "/api/sources", { name: "Another", kind: "generic", settings });
  const created = z.object({ id: z.string(), secret: z.string() }).parse(made.json);
  source = { demo, other: created.id };
  const [one = "", other = ""] = await idsAt(api, "/api/flows");
  flow = { one, other };
  said = await deliver(product, created, aResponse({ score: 2, comment: "Said at the other source" }));
});

describe("who is in a team", () => {
  it("sees its flows, its sources, and what was said at those; the others see everything", async () => {
    const [narrow, free] = [await someone("builder"), await someone("builder")];
    await team({ name: "Demo only", flowIds: [flow.one], sourceIds: [source.demo], memberIds: [narrow.id] });
    expect(await idsAt(narrow.as, "/api/flows")).toEqual([flow.one]);
    expect(await idsAt(narrow.as, "/api/sources")).toEqual([source.demo]);
    const seen = await itemsAt(narrow.as, "/api/feedback");
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen.map(({ sourceId }) => sourceId))).toEqual(new Set([source.demo]));
    for (const path of ["/api/flows", "/api/sources", "/api/feedback", "/api/runs"])
      expect([path, await idsAt(free.as, path)]).toEqual([path, await idsAt(api, path)]);
  });

  it("does not see a run of what was said elsewhere, though they see its flow: neither listed nor by its address", async () => {
    const { id, as } = await someone("publisher");
    await team({ name: "All flows, one source", sourceIds: [source.demo], memberIds: [id] });
    expect(said.runIds.length).toBeGreaterThan(0);
    for (const run of said.runIds) {
      expect(await idsAt(api, "/api/runs")).toContain(run);
      expect(await idsAt(as, "/api/runs")).not.toContain(run);
      expect((await as("GET", `/api/runs/${run}`)).status).toBe(404);
      expect((await as("POST", `/api/runs/${run}/cancel`, {})).status).toBe(404);
    }
    expect((await idsAt(as, "/api/runs")).length).toBeGreaterThan(0);
    const approvals = await itemsAt(as, "/api/approvals");
    expect(approvals.map(({ runId }) => runId)).not.toEqual(expect.arrayContaining([...said.runIds]));
    expect((await api("GET", `/api/runs/${said.runIds[0] ?? ""}`)).status).toBe(200);
  });

  it("may do nothing that concerns the whole workspace, at any address", async () => {
    const { id, as } = await someone("builder");
    const [connection = ""] = await idsAt(api, "/api/connections");
    const { id: empty } = z.object({ id: z.string() }).parse((await api("POST", "/api/flows", { name: "Empty" })).json);
    await team({ name: "Nearly nothing", flowIds: [empty], connectionIds: [connection], memberIds: [id] });
    const run = said.runIds[0] ?? "";
    const { paths } = await readOpenApi(product.url);
    const pages = Object.entries(paths).flatMap(([path, { get }]) => {
      const isAsked = get !== undefined && get["x-access"] !== "public" && path !== "/api/live";
      return isAsked ? [path.replaceAll("{runId}", run).replaceAll(/\{\w+\}/g, flow.one)] : [];
    });
    const wrong: string[] = [];
    for (const page of pages) {
      const { status, text } = await as("GET", page);
      const shown = [flow.one, flow.other, run].filter((other) => text.includes(other));
      if (status >= 500 || shown.length > 0) wrong.push(`${page}: ${String(status)} ${shown.join()}`);
    }
    expect(pages.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
    for (const path of ["/api/settings", "/api/members", "/api/audit", "/api/tokens", "/api/teams"])
      expect([path, (await as("GET", path)).status]).toEqual([path, 403]);
  });

  it("publishes a flow that names its sources, not one that listens to all", async () => {
    const { id, as } = await someone("publisher");
    const draft = aDraft([aNode("end", "done")], "start > done");
    const { json } = await api("POST", "/api/flows", { name: "From everywhere", draft });
    const made = z.looseObject({ id: z.string() }).parse(json);
    await team({ name: "Publishers", flowIds: [made.id], sourceIds: [source.demo], memberIds: [id] });
    const publish = (revision: number) => as("POST", `/api/flows/${made.id}/publish`, { revision });
    const problems = [{ nodeId: "start", field: "sources", code: "sources_not_named" }];
    expect((await as("POST", `/api/flows/${made.id}/check`)).json).toMatchObject({ problems });
    expect(await publish(0)).toMatchObject({ status: 422, json: { problems } });
    const named = { ...draft, nodes: [aNode("trigger", "start", { sources: [source.demo] }), aNode("end", "done")] };
    expect((await as("PUT", `/api/flows/${made.id}/draft`, { draft: named, revision: 0 })).status).toBe(200);
    expect(await publish(1)).toMatchObject({ status: 200 });
  });

  it("sees what any of their teams sees; a change counts at the next request", async () => {
    const { id, as } = await someone("viewer");
    const first = await team({ name: "First", flowIds: [flow.one], memberIds: [id] });
    await team({ name: "Second", flowIds: [flow.other], memberIds: [id] });
    expect((await idsAt(as, "/api/flows")).sort()).toEqual([flow.one, flow.other].sort());
    await api("PUT", `/api/teams/${first}`, { ...NO_LIMITS, name: "First", flowIds: [flow.one], memberIds: [] });
    expect(await idsAt(as, "/api/flows")).toEqual([flow.other]);
  });

  it("sees everything as an admin or a privacy officer", async () => {
    for (const role of ["admin", "privacy_officer"] as const) {
      const { id, as } = await someone(role);
      await team({ name: `A team of ${role}`, flowIds: [flow.one], memberIds: [id] });
      expect([role, await idsAt(as, "/api/flows")]).toEqual([role, await idsAt(api, "/api/flows")]);
    }
  });
});

describe("a token", () => {
  it("sees no more than whoever made it sees by now", async () => {
    const maker = await someone("admin");
    const made = await maker.as("POST", "/api/tokens", {
      name: "Theirs",
      permissions: ["flows:read"],
      expiresInDays: 1,
    });
    const { token } = z.object({ token: z.string() }).parse(made.json);
    const as = clientOf(product.url, { authorization: `Bearer ${token}` });
    expect(await idsAt(as, "/api/flows")).toEqual(await idsAt(api, "/api/flows"));
    await team({ name: "Of the maker", flowIds: [flow.one], memberIds: [maker.id] });
    await api("PATCH", `/api/members/${maker.id}`, { role: "builder" });
    expect(await idsAt(as, "/api/flows")).toEqual([flow.one]);
  });
});

describe("a team", () => {
  it("names what is of this workspace, and has a name of its own", async () => {
    const stranger = "0192f000-0000-7000-8000-0000000000ff";
    for (const wrong of [{ flowIds: [stranger] }, { sourceIds: [flow.one] }, { memberIds: [stranger] }])
      expect((await api("POST", "/api/teams", { ...NO_LIMITS, name: "Wrong", ...wrong })).status).toBe(422);
    await team({ name: "Twice" });
    const again = await api("POST", "/api/teams", { ...NO_LIMITS, name: "Twice" });
    expect(again).toMatchObject({ status: 409, json: { code: "team_exists" } });
  });

  it("is deleted once nobody is in it, so that nobody sees more all at once", async () => {
    const { id } = await someone("viewer");
    const teamId = await team({ name: "To go", memberIds: [id] });
    expect(await api("DELETE", `/api/teams/${teamId}`)).toMatchObject({
      status: 409,
      json: { code: "team_not_empty" },
    });
    await api("PUT", `/api/teams/${teamId}`, { ...NO_LIMITS, name: "To go" });
    expect((await api("DELETE", `/api/teams/${teamId}`)).status).toBe(200);
    expect((await api("DELETE", `/api/teams/${teamId}`)).status).toBe(404);
    const { rows } = await sql<{ action: string }>`
      select action from audit_event where target_id = ${teamId} order by id`.execute(product.database.db);
    expect(rows.map(({ action }) => action)).toEqual(["team.created", "team.changed", "team.deleted"]);
  });
});
