import { beforeAll, describe, expect, it } from "vitest";
import { viewListSchema, viewSchema, type View } from "../views/view-api.js";
import { apiAs } from "./testing/clients.js";
import { aMember } from "./testing/teams.js";
import { useProduct } from "./testing/use-product.js";
import type { Client } from "../testing/http.js";

const { product, api } = useProduct({ demo: false, worker: false });
let admin: Client;
let builder: Client;
let other: Client;

beforeAll(async () => {
  const members = [];
  for (const role of ["admin", "builder", "builder"] as const) members.push((await aMember(product, api, role)).as);
  [admin, builder, other] = members as [Client, Client, Client];
});

const stuck = { page: "runs", name: "Stuck", filter: { state: "stuck", days: 7 } };
const viewsOf = async (as: Client): Promise<View[]> =>
  viewListSchema.parse((await as("GET", "/api/views?page=runs")).json).items;
const create = async (as: Client, body: object): Promise<View> => {
  const { status, json, text } = await as("POST", "/api/views", body);
  expect([status, status === 201 ? "" : text]).toEqual([201, ""]);
  return viewSchema.parse(json);
};

describe("a view that somebody keeps", () => {
  it("is theirs alone: nobody else lists, changes or deletes it", async () => {
    const view = await create(builder, stuck);
    expect(view).toMatchObject({ ...stuck, shared: false, mayChange: true });
    expect(await viewsOf(other)).toEqual([]);
    expect(await viewsOf(admin)).toEqual([]);
    for (const as of [other, admin]) {
      expect((await as("PATCH", `/api/views/${view.id}`, { name: "Mine" })).status).toBe(404);
      expect((await as("DELETE", `/api/views/${view.id}`)).status).toBe(404);
    }
    const changed = await builder("PATCH", `/api/views/${view.id}`, { name: "Stuck lately", filter: { days: 1 } });
    expect(changed.json).toMatchObject({ name: "Stuck lately", filter: { days: 1 } });
    expect((await builder("DELETE", `/api/views/${view.id}`)).status).toBe(200);
    expect(await viewsOf(builder)).toEqual([]);
  });

  it("has a name of its own, and no person's address in it", async () => {
    await create(builder, stuck);
    expect(await builder("POST", "/api/views", stuck)).toMatchObject({ status: 409, json: { code: "view_exists" } });
    await create(other, stuck);
    const sam = { ...stuck, name: "Sam", filter: { search: "sam@list.example" } };
    expect((await builder("POST", "/api/views", sam)).status).toBe(400);
  });

  it("is shared by whoever manages settings, and then everybody has it", async () => {
    expect((await builder("POST", "/api/views", { ...stuck, name: "Ours", shared: true })).status).toBe(403);
    const view = await create(admin, { ...stuck, name: "Ours", shared: true });
    const seen = (await viewsOf(builder)).find(({ id }) => id === view.id);
    expect(seen).toMatchObject({ name: "Ours", shared: true, mayChange: false });
    expect((await builder("DELETE", `/api/views/${view.id}`)).status).toBe(404);
    const { as: second } = await aMember(product, api, "admin");
    expect((await second("DELETE", `/api/views/${view.id}`)).status).toBe(200);
  });

  it("is shared without the words that were looked for, whichever way it comes to be shared", async () => {
    const filter = { state: "stuck", search: "Ada Lovelace" };
    const own = await create(admin, { page: "runs", name: "Hers", filter });
    expect(own.filter).toEqual(filter);
    const shared = await admin("PATCH", `/api/views/${own.id}`, { shared: true });
    expect(shared.json).toMatchObject({ shared: true, filter: { state: "stuck" } });
    await admin("PATCH", `/api/views/${own.id}`, { filter });
    await create(admin, { page: "runs", name: "Also hers", filter, shared: true });
    expect(JSON.stringify(await viewsOf(builder))).not.toContain("Ada Lovelace");
  });

  it("is a person's: a token keeps none", async () => {
    const token = await apiAs(product, "admin");
    expect(await token("POST", "/api/views", stuck)).toMatchObject({ status: 403, json: { code: "sessions_only" } });
  });
});
