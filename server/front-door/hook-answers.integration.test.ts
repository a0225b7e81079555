import { request } from "node:http";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { demoSettings } from "../../integrations/generic/index.js";
import { aResponse, deliver, demoSource, signed, type SignedSource } from "./testing/clients.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ worker: false, breaks: true });
let source: SignedSource;

beforeAll(async () => {
  source = await demoSource(product);
});

async function post(path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) {
  const response = await fetch(product.url + path, { method: "POST", body, headers });
  const problem = (await response.json()) as { code?: string; detail?: string };
  return {
    status: response.status,
    code: problem.code,
    type: response.headers.get("content-type"),
    headers: response.headers,
  };
}
const postSigned = (body: string) => post(`/hooks/${source.id}`, body, signed(source, body));
const countOf = async (table: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
    product.database.db,
  );
  return rows[0]!.n;
};
const problemType = expect.stringContaining("application/problem+json") as string;

describe("a delivery is refused", () => {
  it("with 401 when its signature is missing, another's, too old, or over other bytes", async () => {
    const body = JSON.stringify(aResponse());
    const headers = signed(source, body);
    const foreign = signed({ ...source, secret: `whsec_${Buffer.alloc(24, 7).toString("base64")}` }, body);
    const old = String(Math.floor(Date.now() / 1000) - 400);
    const before = await countOf("revision");
    for (const bad of [
      { "content-type": "application/json" },
      foreign,
      { ...headers, "webhook-timestamp": old },
      { ...headers, "webhook-signature": "v1,AAAA" },
    ])
      expect(await post(`/hooks/${source.id}`, body, bad)).toMatchObject({
        status: 401,
        code: "bad_signature",
        type: problemType,
      });
    expect(await post(`/hooks/${source.id}`, `${body} `, headers)).toMatchObject({ status: 401 });
    expect(await countOf("revision")).toBe(before);
  });

  it.each([
    ["is not JSON", "{"],
    ["is deeper than 64", `${'{"a":'.repeat(65)}1${"}".repeat(65)}`],
    ["holds __proto__", '{"responseId":"x","__proto__":{"score":1}}'],
    ["holds constructor.prototype", '{"constructor":{"prototype":{"x":1}}}'],
  ])("with 400 when it %s, signed or not stored", async (_why, body) => {
    const [responses, held] = [await countOf("response"), await countOf("quarantine")];
    expect(await postSigned(body)).toMatchObject({ status: 400, code: "bad_json", type: problemType });
    expect([await countOf("response"), await countOf("quarantine")]).toEqual([responses, held]);
  });

  it("with 404 when there is no such source, and 405 for another method", async () => {
    const body = JSON.stringify(aResponse());
    for (const id of ["0192f000-0000-7000-8000-0000000000ff", "demo", "%00"])
      expect(await post(`/hooks/${id}`, body, signed(source, body))).toMatchObject({ status: 404, type: problemType });
    expect((await fetch(`${product.url}/hooks/${source.id}`)).status).toBe(405);
  });

  it("with 413 above 256 KB, also when it is sent in pieces without a length", async () => {
    const body = JSON.stringify(aResponse({ comment: "x".repeat(256 * 1024) }));
    expect(await postSigned(body)).toMatchObject({ status: 413, code: "body_too_large", type: problemType });
    expect(await postInPieces(body)).toBe(413);
  });

  function postInPieces(body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = { ...signed(source, body), "transfer-encoding": "chunked" };
      const sending = request(`${product.url}/hooks/${source.id}`, { method: "POST", headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      sending.on("error", reject);
      for (let at = 0; at < body.length; at += 16_384) sending.write(body.slice(at, at + 16_384));
      sending.end();
    });
  }
});

describe("a delivery that cannot be mapped", () => {
  it("is kept with the reason and answered 202, and replayed once its source's mapping is mended", async () => {
    const made = await api("POST", "/api/sources", { name: "Other survey", kind: "generic", settings: demoSettings });
    const other = made.json as SignedSource;
    const payload = { id: "r-1", rating: 2, text: "Late again.", when: "2026-03-02T09:00:00Z" };
    const first = await deliver(product, other, payload);
    expect([first.status, first.runIds]).toEqual([202, []]);
    expect((await deliver(product, other, payload)).json).toEqual(first.json);
    const held = async () =>
      (
        (await api("GET", `/api/quarantine?sourceId=${other.id}`)).json as {
          items: { id: string; reason: string; field: string; state: string }[];
        }
      ).items;
    const [row, ...more] = await held();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ state: "held", field: "responseId" });
    const replay = () => api("POST", `/api/quarantine/${row!.id}/replay`);
    expect((await replay()).json).toMatchObject({ eventId: null, runIds: [], reason: row!.reason });
    const mapping = { responseId: "$.id", score: "$.rating", comment: "$.text", submittedAt: "$.when" };
    expect(await api("PUT", `/api/sources/${other.id}`, { settings: { ...demoSettings, mapping } })).toMatchObject({
      status: 200,
    });
    const replayed = (await replay()).json as { eventId: string; runIds: string[] };
    expect(replayed.runIds).not.toEqual([]);
    expect(await held()).toEqual([]);
    expect(await replay()).toMatchObject({ status: 409 });
    // The sender's own retry now finds what the replay stored.
    expect((await deliver(product, other, payload)).json).toEqual({
      eventId: replayed.eventId,
      runIds: replayed.runIds,
    });
  });

  it("holds what PostgreSQL cannot keep as text", async () => {
    for (const comment of ["a\\u0000b", "\\ud800"]) {
      const body = `{"responseId":"nul-${comment.length}","score":3,"comment":"${comment}"}`;
      const answer = await deliver(product, source, body);
      expect([answer.status, answer.runIds]).toEqual([202, []]);
    }
  });
});

describe("a paused source", () => {
  it("answers 503 with a time to come back, keeps nothing, and goes on where it was once resumed", async () => {
    const response = aResponse();
    await api("PUT", `/api/sources/${source.id}`, { state: "paused" });
    const refused = await deliver(product, source, response);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "300"]);
    await api("PUT", `/api/sources/${source.id}`, { state: "active" });
    expect(await deliver(product, source, response)).toMatchObject({ status: 202 });
  });
});

describe("a paused flow", () => {
  it("starts no run, while the feedback is kept", async () => {
    const { items } = (await api("GET", "/api/flows")).json as { items: { id: string }[] };
    for (const { id } of items) expect(await api("POST", `/api/flows/${id}/pause`)).toMatchObject({ status: 200 });
    const while_ = await deliver(product, source, aResponse());
    expect([while_.status, while_.runIds]).toEqual([202, []]);
    for (const { id } of items) await api("POST", `/api/flows/${id}/resume`);
    const { runIds } = await deliver(product, source, aResponse({ account: "Northwind Traders" }));
    expect(runIds).toHaveLength(items.length);
  });
});

describe("Slack's door", () => {
  it("refuses an interaction whose signature is not of a known connection", async () => {
    const body = new URLSearchParams({ payload: JSON.stringify({ type: "block_actions" }) }).toString();
    const post = (headers: Record<string, string>) =>
      fetch(`${product.url}/slack/interactivity`, {
        method: "POST",
        body,
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      });
    const now = String(Math.floor(Date.now() / 1000));
    const forged = await post({ "x-slack-request-timestamp": now, "x-slack-signature": `v0=${"0".repeat(64)}` });
    expect([forged.status, (await post({})).status]).toEqual([401, 401]);
    expect(forged.headers.get("content-type")).toContain("application/problem+json");
  });
});

describe("while the database is away", () => {
  it("a delivery is answered 503 with Retry-After, and taken as soon as it is back", async () => {
    const response = aResponse();
    await product.wire.cut();
    const away = await deliver(product, source, response);
    expect([away.status, away.headers.get("retry-after"), away.json]).toMatchObject([
      503,
      "5",
      { code: "database_unavailable" },
    ]);
    expect((await api("GET", "/api/runs")).status).toBe(503);
    await product.wire.mend();
    const taken = await deliver(product, source, response);
    expect(taken.status).toBe(202);
    expect((await deliver(product, source, response)).json).toEqual(taken.json);
  });
});
