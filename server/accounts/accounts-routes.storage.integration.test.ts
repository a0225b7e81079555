import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { aToken, startTestApp, type Client, type TestApp } from "../testing/http.js";
import { createTestKeys } from "../testing/keys.js";
import { walkPermissions } from "../testing/permission-walk.js";
import { createTestWorkspaces, type TestWorkspaces } from "../testing/workspaces.js";
import { accountListSchema, type CompanyAccount } from "./accounts-api.js";
import { accountsRoutes } from "./accounts-routes.js";

const { vault } = createTestKeys();
let test: TestDatabase;
let app: TestApp;
let workspaces: TestWorkspaces;
let admin: Client;
let changes = 0;

const routes = () => accountsRoutes({ db: test.db, vault, reachChanged: () => (changes += 1) });

beforeAll(async () => {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, vault);
  app = await startTestApp({ routes: routes() });
  admin = app.as(aToken(workspaces.here));
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

const bring = (accounts: readonly object[], as = admin) => as("POST", "/api/accounts/import", { accounts });
const list = async (as = admin): Promise<readonly CompanyAccount[]> =>
  accountListSchema.parse((await as("GET", "/api/accounts?limit=200")).json).items;
const put = (id: string, parentId: string | null, as = admin) => as("PUT", `/api/accounts/${id}`, { parentId });

async function idOf(name: string): Promise<string> {
  const { json } = await admin("GET", `/api/accounts?name=${encodeURIComponent(name)}`);
  return accountListSchema.parse(json).items[0]?.id ?? "";
}

describe("accounts", () => {
  it("are brought by their names, with those above them, and brought again they are the same", async () => {
    const lines = [
      { name: "Shop", parent: "North", attributes: { tier: "key", seats: 3 } },
      { name: "North", parent: "Holding" },
      { name: "Holding", parent: null },
    ];
    expect(await bring(lines)).toMatchObject({ status: 200, json: { made: 3, placed: 2 } });
    expect(await bring([{ name: " NORTH ", attributes: { region: "EMEA" } }, ...lines.slice(1)])).toMatchObject({
      json: { made: 0, placed: 0 },
    });
    const [holding, north, shop] = [await idOf("holding"), await idOf("North"), await idOf("SHOP")];
    expect(new Map((await list()).map(({ id, ...rest }) => [id, rest]))).toEqual(
      new Map([
        [holding, { name: "Holding", parentId: null, attributes: {}, below: 1 }],
        [north, { name: "North", parentId: holding, attributes: { region: "EMEA" }, below: 1 }],
        [shop, { name: "Shop", parentId: north, attributes: { tier: "key", seats: 3 }, below: 0 }],
      ]),
    );
    const { rows } = await sql<{ cell: Buffer }>`select name as cell from account`.execute(test.db);
    expect(rows.map(({ cell }) => cell.toString("utf8")).join()).not.toContain("Holding");
  });

  it("are put below another or none, which is told and counts at once", async () => {
    const before = changes;
    const [shop, holding] = [await idOf("Shop"), await idOf("Holding")];
    expect(await put(shop, holding)).toMatchObject({ status: 200, json: { id: shop, parentId: holding } });
    expect(await put(shop, holding)).toMatchObject({ status: 200 });
    expect(await put(shop, null)).toMatchObject({ json: { parentId: null } });
    expect(changes).toBe(before + 3);
    const { rows } = await sql<{ data: unknown }>`
      select data from audit_event where target_id = ${shop} and action = 'account.placed' order by id`.execute(
      test.db,
    );
    expect(rows.slice(-2).map(({ data }) => data)).toEqual([{ below: holding }, { below: null }]);
  });

  it("do not stand below themselves, however long the way, nor deeper than is looked", async () => {
    const [holding, north] = [await idOf("Holding"), await idOf("North")];
    for (const [id, parentId] of [
      [north, north],
      [holding, north],
    ] as const)
      expect(await put(id, parentId)).toMatchObject({ status: 422, json: { code: "account_ring" } });
    const ring = ["a", "b", "c"].map((name, place, all) => ({ name, parent: all[(place + 1) % 3] }));
    expect(await bring(ring)).toMatchObject({ status: 422, json: { code: "account_ring" } });
    const chain = (length: number) =>
      Array.from({ length }, (_, place) => ({
        name: `Level ${String(place)}`,
        parent: place === 0 ? null : `Level ${String(place - 1)}`,
      }));
    expect(await bring(chain(34))).toMatchObject({ status: 422, json: { code: "accounts_too_deep" } });
    expect(await idOf("Level 0")).toBe("");
    expect(await bring(chain(33))).toMatchObject({ status: 200, json: { made: 33, placed: 32 } });
    expect(await put(await idOf("Level 0"), holding)).toMatchObject({ json: { code: "accounts_too_deep" } });
  });

  it("are never put in a ring by two at once", async () => {
    await bring([{ name: "One" }, { name: "Other" }]);
    const [one, other] = [await idOf("One"), await idOf("Other")];
    for (let time = 0; time < 10; time++) {
      await Promise.all([put(one, null), put(other, null)]);
      const answers = await Promise.all([put(one, other), put(other, one)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    }
  });

  it("of another workspace are neither seen, put, nor put above", async () => {
    const stranger = app.as(aToken(workspaces.elsewhere));
    await bring([{ name: "Holding" }], stranger);
    const [theirs] = await list(stranger);
    expect(await list(stranger)).toHaveLength(1);
    const holding = await idOf("Holding");
    expect(theirs?.id).not.toBe(holding);
    expect((await put(theirs?.id ?? "", null)).status).toBe(404);
    expect(await put(holding, theirs?.id ?? "")).toMatchObject({
      status: 422,
      json: { code: "not_of_this_workspace" },
    });
  });

  it("are refused where a line is no account", async () => {
    for (const wrong of [
      {},
      { name: "" },
      { name: "x", attributes: { "a b": 1 } },
      { name: "x", attributes: { a: null } },
    ])
      expect((await bring([wrong])).status).toBe(400);
    expect((await bring([])).status).toBe(400);
  });

  it("let in whom their permission names, and nobody else", async () => {
    expect(await walkPermissions(app, routes(), workspaces.here)).toEqual([]);
  });
});
