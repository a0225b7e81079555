import { sql } from "kysely";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { feedbackListSchema } from "../feedback/feedback-api.js";
import { insertWorkspace } from "../members/member-store.js";
import { peopleFoundSchema } from "../people/people-api.js";
import type { Client } from "../testing/http.js";
import { aResponse, apiAs, deliver, demoSource, type SignedSource } from "./testing/clients.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct();
let source: SignedSource;
beforeAll(async () => {
  source = await demoSource(product);
});

const say = (comment: string, difference: object = {}) =>
  deliver(product, source, aResponse({ product: "Nothing", score: 9, comment, ...difference }));

const stateOf = async (as: Client = api): Promise<unknown> =>
  ((await as("GET", "/api/feedback/search")).json as { state: unknown }).state;

const turn = (on: boolean) => api("PUT", "/api/feedback/search", { on });

async function found(words: string, as: Client = api): Promise<(string | null)[]> {
  const { json, status, text } = await as("GET", `/api/feedback?words=${encodeURIComponent(words)}`);
  expect(status, text).toBe(200);
  return feedbackListSchema.parse(json).items.map(({ comment }) => comment);
}

const copies = async (): Promise<string[]> =>
  (await sql<{ words: string }>`select words from search_copy`.execute(product.database.db)).rows.map(
    ({ words }) => words,
  );

const settled = (wanted: string) => vi.waitUntil(async () => (await stateOf()) === wanted, { timeout: 60_000 });
const comesUp = (words: string) => vi.waitUntil(async () => (await found(words)).length > 0, { timeout: 60_000 });

describe("what people said", () => {
  it("is copied nowhere until somebody asks for it, and cannot be searched until then", async () => {
    await say("The zebra crossing was closed");
    expect(await stateOf()).toBe("off");
    expect(await copies()).toEqual([]);
    const refused = await api("GET", "/api/feedback?words=zebra");
    expect(refused).toMatchObject({ status: 409, json: { code: "search_off" } });
  });

  it("is found from then on, what was said before as well: by words, beginnings, phrases, and without others", async () => {
    expect((await turn(true)).status).toBe(200);
    await settled("on");
    await say("The zebra was late, the lift was not");
    await comesUp("lift");
    expect(await found("ZEBRA crossing")).toEqual(["The zebra crossing was closed"]);
    expect(await found("zeb")).toHaveLength(2);
    expect(await found('"zebra was"')).toEqual(["The zebra was late, the lift was not"]);
    expect(await found("zebra -lift")).toEqual(["The zebra crossing was closed"]);
    for (const odd of ["no such word", "'; --", "&|!()", '""', ":*"])
      expect([odd, await found(odd)]).toEqual([odd, []]);
  });

  it("stands in the copy without what tells who said it", async () => {
    const name = "Quentin Wolfenbüttel";
    await say("Quentin here, quokka@example.org, +33 6 98 76 54 32, order QX-778899: the giraffe is broken", { name });
    await comesUp("giraffe");
    const whole = (await copies()).join("\n");
    for (const secret of ["Quentin", "quokka", "98 76", "778899"])
      expect([secret, whole.includes(secret)]).toEqual([secret, false]);
    expect(whole).toContain("[name] here, [e-mail], [phone], order [number]: the giraffe is broken");
    expect(await found("quokka")).toEqual([]);
  });

  it("is searched by who may read it, and in their own workspace", async () => {
    const elsewhere = await transact(product.database.db, (tx) => insertWorkspace(tx, "Elsewhere"));
    const other = await apiAs(product, "admin", elsewhere);
    expect((await other("GET", "/api/feedback?words=zebra")).status).toBe(409);
    await other("PUT", "/api/feedback/search", { on: true });
    expect(await found("zebra", other)).toEqual([]);
    for (const role of ["builder", "publisher"] as const)
      expect([role, (await (await apiAs(product, role))("PUT", "/api/feedback/search", { on: false })).status]).toEqual(
        [role, 403],
      );
    const made = await api("POST", "/api/tokens", {
      name: "No people",
      permissions: ["feedback:read"],
      expiresInDays: 1,
    });
    const { token } = made.json as { token: string };
    const blind = await fetch(`${product.url}/api/feedback?words=zebra`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(blind.status).toBe(403);
  });

  it("is forgotten by the copy when its person is", async () => {
    await say("The walrus is gone", { name: "Wanda Walross", email: "wanda@example.org" });
    await comesUp("walrus");
    const asked = await api("POST", "/api/privacy/search", { words: "wanda@example.org" });
    const contactIds = peopleFoundSchema.parse(asked.json).contacts.map(({ id }) => id);
    expect(contactIds).toHaveLength(1);
    expect((await api("POST", "/api/privacy/erasures", { contactIds, responseIds: [] })).status).toBeLessThan(300);
    await vi.waitUntil(async () => !(await copies()).some((words) => words.includes("walrus")), { timeout: 90_000 });
    expect(await found("walrus")).toEqual([]);
  });

  it("is copied when it came to stand late, after others that were said later", async () => {
    const { db } = product.database;
    await say("The first yak");
    await say("The second yak");
    await vi.waitUntil(async () => (await found("yak")).length === 2, { timeout: 60_000 });
    await sql`delete from search_copy where words like '%first yak%'`.execute(db);
    await vi.waitUntil(async () => (await found("first yak")).length === 1, { timeout: 60_000 });
  });

  it("has no copy any more once that was switched off, and a new one when it is switched on again", async () => {
    expect((await turn(false)).status).toBe(200);
    await settled("off");
    expect(await copies()).toEqual([]);
    await turn(true);
    await settled("on");
    expect(await found("zebra")).toHaveLength(2);
    const { items } = (await api("GET", "/api/audit?action=search.switched")).json as { items: { data: object }[] };
    expect(items.map(({ data }) => data)).toEqual([{ on: true }, { on: false }, { on: true }]);
  });
});
