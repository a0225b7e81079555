import { request, type OutgoingHttpHeaders } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Webhook } from "standardwebhooks";
import { publishFlow, type FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { forgetPeak, peakBytes, residentBytes } from "./testing/memory.js";

let product: Product;
let hook: FlowHandle;
const MEGABYTE = 1_048_576;

beforeAll(async () => {
  product = await startProduct({ worker: false });
  hook = await publishFlow(product.api, "take note", { nodes: [["noted", "stop", {}]], edges: "start > noted" });
});
afterAll(() => product.stop());

interface Posted {
  readonly status: number;
  readonly text: string;
}

/** Who is still writing when the other side has hung up may miss what it said: such a request is sent again. */
async function post(...sent: Parameters<typeof postOnce>): Promise<Posted> {
  for (let tries = 10; ; tries -= 1)
    try {
      return await postOnce(...sent);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (tries === 0 || (code !== "EPIPE" && code !== "ECONNRESET")) throw error;
    }
}

/** Without a length unless the headers give one. Answers that come before all was sent count. */
function postOnce(path: string, pieces: readonly Buffer[], headers: OutgoingHttpHeaders): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const options = { method: "POST", agent: false, headers: { "content-type": "application/json", ...headers } };
    const sending = request(product.url + path, options, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, text });
      });
    });
    sending.on("error", reject);
    for (const piece of pieces) sending.write(piece);
    sending.end();
  });
}

function signed(body: Buffer): OutgoingHttpHeaders {
  const sentAt = new Date();
  const signature = new Webhook(hook.secret).sign("msg_1", sentAt, body.toString("utf8"));
  const seconds = Math.floor(sentAt.getTime() / 1000);
  return { "webhook-id": "msg_1", "webhook-timestamp": seconds, "webhook-signature": signature };
}

const hookPath = (): string => new URL(hook.url).pathname;
const lengthOf = (body: Buffer): OutgoingHttpHeaders => ({ "content-length": body.length });
const byApi = async (body: string): Promise<number> =>
  (
    await fetch(`${product.url}/api/sign-in`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    })
  ).status;

describe("a body of ten megabytes", () => {
  const body = Buffer.alloc(10 * MEGABYTE, "x");
  const pieces = Array.from({ length: 160 }, () => Buffer.alloc(MEGABYTE / 16, "x"));

  it("is refused, with its length and in pieces, signed door and API alike", async () => {
    for (const path of [hookPath(), "/slack/interactivity", "/api/sign-in"]) {
      expect(await post(path, [body], lengthOf(body))).toMatchObject({ status: 413 });
      expect(await post(path, pieces, {})).toMatchObject({ status: 413 });
    }
  });

  it("is never held in memory: forty at once take less than half of what they weigh", async () => {
    const { pid } = product.roles().api;
    const twenty = (): Promise<Posted[]> =>
      Promise.all(
        Array.from({ length: 20 }, () => [
          post(hookPath(), [body], lengthOf(body)),
          post(hookPath(), pieces, {}),
        ]).flat(),
      );
    const before = residentBytes(pid);
    forgetPeak(pid);
    expect((await twenty()).every(({ status }) => status === 413)).toBe(true);
    expect(peakBytes(pid) - before).toBeLessThan(200 * MEGABYTE);
  });
});

describe("a compressed body", () => {
  it("is refused before it is opened, whatever it would become", async () => {
    const bomb = gzipSync(Buffer.alloc(100 * MEGABYTE));
    const before = residentBytes(product.roles().api.pid);
    for (const path of [hookPath(), "/slack/interactivity", "/api/sign-in"])
      for (const encoding of ["gzip", "GZIP", "x-gzip", "deflate", "br", "gzip, gzip", "identity, gzip"]) {
        const answer = await post(path, [bomb], { ...lengthOf(bomb), ...signed(bomb), "content-encoding": encoding });
        expect([path, encoding, answer.status]).toEqual([path, encoding, 415]);
      }
    expect(residentBytes(product.roles().api.pid) - before).toBeLessThan(50 * MEGABYTE);
  });
});

describe("JSON that is built to hurt", () => {
  const deep = 100_000;
  const keys = (count: number): string =>
    `{${Array.from({ length: count }, (_, index) => `"k${index.toString(36)}":1`).join(",")}}`;

  it.each([
    ["100,000 lists in each other", "[".repeat(deep) + "]".repeat(deep), 400],
    ["100,000 lists that are never closed", "[".repeat(deep), 400],
    ["40,000 objects in each other", '{"a":'.repeat(40_000) + "1" + "}".repeat(40_000), 400],
    ["100,000 values", `[${"0,".repeat(deep)}0]`, 400],
    ["20,000 keys", keys(20_000), 400],
    ["100,000 keys", keys(deep), 413],
    ["a number of 200,000 digits", `{"a":${"9".repeat(200_000)}}`, 400],
    ["a text of 200,000 escapes", `{"email":"${"\\u0041".repeat(40_000)}"}`, 400],
    ["one key of 200,000 letters", `{"${"k".repeat(200_000)}":1}`, 400],
  ])("is refused by the API: %s", async (_what, body, status) => {
    expect(await byApi(body)).toBe(status);
  });

  it.each([
    ["100,000 lists in each other", "[".repeat(deep) + "]".repeat(deep), 400],
    ["100,000 values", `[${"0,".repeat(deep)}0]`, 400],
    ["20,000 keys", keys(20_000), 400],
    ["100,000 keys", keys(deep), 413],
  ])("is refused by a hook, also where it is signed: %s", async (_what, text, status) => {
    const body = Buffer.from(text);
    expect(await post(hookPath(), [body], { ...signed(body), ...lengthOf(body) })).toMatchObject({ status });
  });

  it("leaves a server that answers, and nothing in its log", async () => {
    expect((await product.api("GET", "/api/me")).status).toBe(200);
    expect(product.roles().api.output.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});
