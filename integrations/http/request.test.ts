import { describe, expect, it, onTestFinished } from "vitest";
import type { Call } from "../connector.js";
import { createHttpClient } from "../http.js";
import { httpLoopback, type Answer } from "../testing/loopback.js";
import { httpRequest } from "./actions/request.js";
import { httpConnector } from "./index.js";

const KEY = "lw_abc234";
const signal = new AbortController().signal;

async function serve(answer: Answer) {
  const server = await httpLoopback(answer);
  const http = createHttpClient({ allowPrivate: [server.host] });
  onTestFinished(async () => {
    await server.close();
    await http.close();
  });
  const connection = (config: object = {}, secret: object = {}) => ({
    id: "c1",
    config: httpConnector.config.parse(config),
    secret: httpConnector.secret.parse(secret),
    http,
  });
  const call = (more: Partial<Call> = {}): Call => ({
    connection: connection(),
    key: KEY,
    signal,
    deadlineMs: 2_000,
    aboutToSend: () => undefined,
    ...more,
  });
  return { ...server, connection, call };
}

const status = (code: number, headers: Record<string, string> = {}, body = ""): Answer => {
  return (_, response) => void response.writeHead(code, headers).end(body);
};

describe("an HTTP request", () => {
  it("that succeeds sends the key and gives status, answer and where the thing now is", async () => {
    const { url, call, received } = await serve(status(201, { location: "https://api.example/tickets/7" }, '{"id":7}'));
    const headers = [{ name: "X-Team", value: "cx" }];
    expect(await httpRequest.send({ url: `${url}/tickets`, headers, body: '{"a":1}' }, call())).toEqual({
      externalId: "https://api.example/tickets/7",
      url: "https://api.example/tickets/7",
      output: { status: 201, body: '{"id":7}' },
    });
    expect(received).toMatchObject([
      {
        method: "POST",
        path: "/tickets",
        headers: { "idempotency-key": KEY, "x-team": "cx", "content-type": "application/json" },
        body: '{"a":1}',
      },
    ]);
  });

  it("without a Location is known by its key", async () => {
    const { url, call } = await serve(status(204));
    expect(await httpRequest.send({ method: "DELETE", url }, call())).toMatchObject({ externalId: KEY, url: null });
  });

  it("that only reads sends neither key nor body, and asks no claim", async () => {
    const { url, call, received } = await serve(status(200, {}, "hi"));
    let asked = 0;
    await httpRequest.send({ method: "GET", url, body: "x" }, call({ aboutToSend: () => void (asked += 1) }));
    expect(received[0]).toMatchObject({ method: "GET", body: "" });
    expect(received[0]?.headers).not.toHaveProperty("idempotency-key");
    expect(asked).toBe(0);
  });

  it("takes a content type from the author, else guesses text or JSON", async () => {
    const { url, call, received } = await serve(status(200));
    const types = [
      [{ body: "hello" }, "text/plain; charset=utf-8"],
      [{ body: "[1]" }, "application/json"],
      [
        { body: "a=1", headers: [{ name: "Content-Type", value: "application/x-www-form-urlencoded" }] },
        "application/x-www-form-urlencoded",
      ],
    ] as const;
    for (const [input] of types) await httpRequest.send({ url, ...input }, call());
    expect(received.map(({ headers }) => headers["content-type"])).toEqual(types.map(([, type]) => type));
  });

  it("stops when the claim has grown too old", async () => {
    const { url, call, received } = await serve(status(200));
    const tooOld = new Error("too old");
    const aboutToSend = () => {
      throw tooOld;
    };
    await expect(httpRequest.send({ url }, call({ aboutToSend }))).rejects.toBe(tooOld);
    expect(received).toEqual([]);
  });

  it("can never be looked up", () => {
    expect(httpRequest.find).toBeUndefined();
    expect(httpRequest.exactlyOnce).toBe("author-says");
  });
});

describe("an answer of HTTP", () => {
  it.each([
    [400, "REJECTED"],
    [401, "REJECTED"],
    [403, "REJECTED"],
    [404, "REJECTED"],
    [409, "REJECTED"],
    [422, "REJECTED"],
    [408, "TRANSIENT"],
    [425, "TRANSIENT"],
    [429, "TRANSIENT"],
    [301, "REJECTED"],
    [302, "AMBIGUOUS"],
    [303, "AMBIGUOUS"],
    [307, "REJECTED"],
    [308, "REJECTED"],
    [500, "AMBIGUOUS"],
    [502, "AMBIGUOUS"],
    [503, "AMBIGUOUS"],
  ])("%i on a write is %s, whatever the author says of keys, after one request", async (code, outcome) => {
    const { url, call, received } = await serve(status(code, { location: "/elsewhere" }));
    for (const idempotencyHonoured of [true, false])
      await expect(httpRequest.send({ url, idempotencyHonoured }, call())).rejects.toMatchObject({
        outcome,
        code: `http_${code}`,
      });
    expect(received).toHaveLength(2);
  });

  it.each([
    [500, "TRANSIENT"],
    [302, "REJECTED"],
    [404, "REJECTED"],
  ])("%i on a read is %s", async (code, outcome) => {
    const { url, call } = await serve(status(code));
    await expect(httpRequest.send({ method: "GET", url }, call())).rejects.toMatchObject({ outcome });
  });

  it.each([
    ["7", 7_000],
    ["Fri, 31 Dec 1999 23:59:59 GMT", 0],
    ["soon", undefined],
    ["-1", undefined],
  ])("429 with Retry-After %j waits %s ms", async (header, retryAfterMs) => {
    const { url, call } = await serve(status(429, { "retry-after": header }));
    await expect(httpRequest.send({ url }, call())).rejects.toMatchObject({ retryAfterMs });
  });
});

describe("a request without an answer", () => {
  it("is in doubt when it was reset or timed out, and only to be repeated when it was a read", async () => {
    const { url, call } = await serve((_, response) => void response.socket?.resetAndDestroy());
    await expect(httpRequest.send({ url }, call())).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
    await expect(httpRequest.send({ method: "GET", url }, call())).rejects.toMatchObject({ outcome: "TRANSIENT" });
    const silent = await serve(() => undefined);
    await expect(httpRequest.send({ url: silent.url }, silent.call({ deadlineMs: 100 }))).rejects.toMatchObject({
      outcome: "AMBIGUOUS",
      code: "timeout",
    });
  });

  it("was not applied when nothing was there", async () => {
    const server = await serve(status(200));
    await server.close();
    await expect(httpRequest.send({ url: server.url }, server.call())).rejects.toMatchObject({ outcome: "TRANSIENT" });
  });
});

describe("what an author may not do", () => {
  it.each([
    ["a private address", { url: "http://127.0.0.1:1/" }, "private_address"],
    ["a metadata service", { url: "http://169.254.169.254/latest" }, "private_address"],
    ["a path without a base", { url: "/tickets" }, "bad_url"],
    ["no address", { url: " " }, "bad_url"],
    ["a file", { url: "file:///etc/passwd" }, "bad_protocol"],
    ["a password in the address", { url: "https://a:b@example.com/" }, "credentials_in_url"],
    [
      "a header of two lines",
      { url: "https://example.com/", headers: [{ name: "X-A", value: "1\r\nX-B: 2" }] },
      "bad_header",
    ],
    ["a strange header", { url: "https://example.com/", headers: [{ name: "X A", value: "1" }] }, "bad_header"],
    ["the host header", { url: "https://example.com/", headers: [{ name: "Host", value: "evil" }] }, "bad_header"],
    [
      "a key of their own",
      { url: "https://example.com/", headers: [{ name: "idempotency-key", value: "1" }] },
      "bad_header",
    ],
  ])("%s is refused, and nothing is sent", async (_, input, code) => {
    const { call } = await serve(status(200));
    await expect(httpRequest.send(input, call())).rejects.toMatchObject({ outcome: "REJECTED", code });
  });
});

describe("a connection", () => {
  const secret = { headerValue: "Bearer s3cret" };

  it("sends its header to its own host only", async () => {
    const server = await serve(status(200));
    const connection = server.connection({ baseUrl: `${server.url}/v1` }, secret);
    await httpRequest.send({ url: "tickets?x=1" }, server.call({ connection }));
    await httpRequest.send({ url: "/tickets" }, server.call({ connection }));
    await httpRequest.send({ url: `${server.url}/other` }, server.call({ connection }));
    expect(server.received.map(({ path }) => path)).toEqual(["/v1/tickets?x=1", "/v1/tickets", "/other"]);
    expect(server.received.every(({ headers }) => headers.authorization === secret.headerValue)).toBe(true);
    for (const url of ["https://evil.example/", "//evil.example/", "http://127.0.0.1:1/", "\\\\evil.example/"])
      await expect(httpRequest.send({ url }, server.call({ connection }))).rejects.toMatchObject({
        outcome: "REJECTED",
        code: "host_not_allowed",
      });
    expect(server.received).toHaveLength(3);
  });

  it("is broken when its credentials are refused", async () => {
    const server = await serve(status(401));
    const connection = server.connection({ baseUrl: server.url }, secret);
    await expect(httpRequest.send({ url: "x" }, server.call({ connection }))).rejects.toMatchObject({
      outcome: "AUTH",
    });
    await expect(httpConnector.check(connection, signal)).rejects.toMatchObject({ outcome: "AUTH" });
  });

  it("is checked by asking its base address, without showing the secret", async () => {
    const server = await serve(status(404));
    const checked = await httpConnector.check(server.connection({ baseUrl: server.url }, secret), signal);
    expect(checked).toMatchObject({ account: "holder of the Authorization header", target: server.host });
    expect(checked.notes.map(({ message }) => message).join()).toContain("HTTP 404");
    expect(JSON.stringify(checked)).not.toContain("s3cret");
    expect(httpConnector.hosts({ baseUrl: "https://api.example/v1" })).toEqual(["api.example:443"]);
  });

  it("that holds nothing is checked without a request", async () => {
    const server = await serve(status(200));
    expect(await httpConnector.check(server.connection(), signal)).toMatchObject({
      account: "anyone",
      target: "any public address",
    });
    expect(server.received).toEqual([]);
  });
});
