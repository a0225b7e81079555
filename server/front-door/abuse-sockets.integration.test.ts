import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishFlow, post, type FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { residentBytes } from "./testing/memory.js";
import { raw, statusOf } from "../testing/raw-http.js";

let product: Product;
let hook: FlowHandle;
const SOCKETS = 2_000;
const MEGABYTE = 1_048_576;

beforeAll(async () => {
  product = await startProduct({ worker: false });
  hook = await publishFlow(product.api, "take note", { nodes: [["noted", "stop", {}]], edges: "start > noted" });
});
afterAll(() => product.stop());

interface Slow {
  /** What the server said before it closed the connection. */
  readonly told: Promise<string>;
}

/** Sends its text a byte every second, and never ends by itself. */
function slowly(text: string): Promise<Slow> {
  const { hostname, port } = new URL(product.url);
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(Number(port), hostname, () => {
      const at = { byte: 0 };
      const timer = setInterval(() => {
        if (at.byte < text.length) socket.write(text.charAt(at.byte++));
      }, 1_000);
      let said = "";
      socket.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
      const told = new Promise<string>((done) => {
        socket.once("close", () => {
          clearInterval(timer);
          done(said);
        });
      });
      resolve({ told });
    });
    socket.on("error", reject);
  });
}

describe("two thousand connections that send next to nothing", () => {
  it("are ended by the server, while everybody else is answered", async () => {
    const path = new URL(hook.url).pathname;
    const kinds = [
      "",
      `GET /api/me HTTP/1.1\r\nHost: x\r\n${"X-Slow: 1\r\n".repeat(50)}`,
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n${"x".repeat(1_000)}`,
    ];
    const before = residentBytes(product.roles().api.pid);
    const open: Slow[] = [];
    for (let made = 0; made < SOCKETS; made += 100)
      open.push(...(await Promise.all(Array.from({ length: 100 }, (_, n) => slowly(kinds[n % kinds.length] ?? "")))));
    const ended = Promise.all(open.map(({ told }) => told));
    const isOver = { yet: false };
    void ended.then(() => (isOver.yet = true));
    let answered = 0;
    while (!isOver.yet) {
      expect((await product.api("GET", "/api/me")).status).toBe(200);
      expect((await post(hook)).status).toBe(202);
      answered += 1;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(answered).toBeGreaterThan(5);
    // Nobody slow was let in: told that it took too long, or told nothing.
    for (const text of await ended) expect(text === "" ? 408 : statusOf(text)).toBe(408);
    expect(residentBytes(product.roles().api.pid) - before).toBeLessThan(150 * MEGABYTE);
  });
});

describe("a request that is built to be read in two ways", () => {
  const head = (lines: readonly string[]): string => ["POST /api/sign-in HTTP/1.1", ...lines].join("\r\n");

  it.each([
    ["two lengths", ["Content-Length: 5", "Content-Length: 6"]],
    ["a length and pieces", ["Content-Length: 5", "Transfer-Encoding: chunked"]],
    ["pieces of another kind", ["Transfer-Encoding: xchunked"]],
    ["pieces twice", ["Transfer-Encoding: chunked, chunked"]],
    ["a length that is none", ["Content-Length: +5"]],
    ["a header of two lines", ["X-A: b\r\n c"]],
    ["a space before the colon", ["Content-Length : 5"]],
  ])("is refused: %s", async (_what, lines) => {
    expect(statusOf(await raw(product.url, head(lines), "hello"))).toBeOneOf([400, 0]);
  });

  it.each([
    ["an address of 100 KB", `GET /${"x".repeat(100_000)} HTTP/1.1`],
    ["headers of 100 KB", `GET / HTTP/1.1\r\n${"X-Long: y\r\n".repeat(10_000)}X-Last: 1`],
    ["one header of 100 KB", `GET / HTTP/1.1\r\nCookie: ${"x".repeat(100_000)}`],
  ])("or is too long: %s", async (_what, text) => {
    expect(statusOf(await raw(product.url, text))).toBeOneOf([431, 0]);
    expect((await product.api("GET", "/api/me")).status).toBe(200);
  });

  it("a thousand requests in one breath are answered one after the other", async () => {
    const many = "GET /api/me HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000);
    const answers = await raw(product.url, `${many}GET /api/me HTTP/1.1`);
    expect(answers.split("HTTP/1.1 401").length - 1).toBe(1_001);
  });
});
