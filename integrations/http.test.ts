import { describe, expect, it, onTestFinished } from "vitest";
import { ask, client, failure, listen, serve } from "./testing/guarded.js";
import { httpLoopback, tcpLoopback } from "./testing/loopback.js";

describe("an answer", () => {
  it("comes back with its status, lower-case headers and whole body", async () => {
    const { http, url, received } = await serve((_, response) =>
      response.writeHead(201, { "X-One": "1", "Set-Cookie": ["a=1", "b=2"] }).end("done"),
    );
    const answer = await http.send(ask(`${url}/a?b=c`, { headers: { "X-Key": "k" } }));
    expect({ ...answer, body: answer.body.toString() }).toMatchObject({
      status: 201,
      headers: { "x-one": "1", "set-cookie": "a=1, b=2" },
      body: "done",
    });
    expect(received).toMatchObject([{ method: "POST", path: "/a?b=c", headers: { "x-key": "k" }, body: "hello" }]);
  });

  it.each([301, 302, 303, 307, 308])("with status %i is handed back and never followed", async (status) => {
    const target = await serve((_, response) => response.end("followed"));
    const { http, url } = await serve((_, response) => response.writeHead(status, { location: target.url }).end());
    const answer = await http.send(ask(url));
    expect(answer.status).toBe(status);
    expect(answer.headers["location"]).toBe(target.url);
    expect(target.received).toEqual([]);
  });

  it("of 500 is an answer, not an error, and is not asked for twice", async () => {
    const { http, url, received } = await serve((_, response) => response.writeHead(503).end());
    expect((await http.send(ask(url))).status).toBe(503);
    expect(received).toHaveLength(1);
  });

  it("larger than the cap is refused as sent", async () => {
    const { http, url } = await serve((_, response) => response.end("x".repeat(11)));
    expect(await failure(http, ask(url, { maxBytes: 10 }))).toMatchObject({ phase: "sent", code: "body_too_large" });
    expect((await http.send(ask(url, { maxBytes: 11 }))).body).toHaveLength(11);
  });
});

describe("the total deadline", () => {
  it("ends a wait for headers", async () => {
    const { http, url } = await serve(() => undefined);
    expect(await failure(http, ask(url, { deadlineMs: 1_000 }))).toMatchObject({ phase: "sent", code: "timeout" });
  });

  it("ends a body that stalls", async () => {
    const { http, url } = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100" }).write("half");
    });
    // Time for a busy machine to get as far as the body.
    expect(await failure(http, ask(url, { deadlineMs: 1_000 }))).toMatchObject({ phase: "sent", code: "timeout" });
  });

  it("ends a body that trickles for ever", async () => {
    const { http, url } = await serve((_, response) => {
      const drip = setInterval(() => response.write("."), 10);
      response.on("close", () => {
        clearInterval(drip);
      });
    });
    expect(await failure(http, ask(url, { deadlineMs: 1_000 }))).toMatchObject({ phase: "sent", code: "timeout" });
  });

  it("ends a handshake that never completes, and knows that nothing was sent", async () => {
    let asked = 0;
    const { http, host } = await listen(() => undefined);
    const request = ask(`https://${host}/`, { deadlineMs: 100, aboutToSend: () => (asked += 1) });
    expect(await failure(http, request)).toMatchObject({ phase: "unsent", code: "timeout" });
    expect(asked).toBe(0);
  });
});

describe("cancelling", () => {
  it("before the call sends nothing", async () => {
    const { http, url, received } = await serve((_, response) => response.end());
    expect(await failure(http, ask(url, { signal: AbortSignal.abort() }))).toMatchObject({
      phase: "unsent",
      code: "cancelled",
    });
    expect(received).toEqual([]);
  });

  it("while waiting for the answer ends the call as sent", async () => {
    const controller = new AbortController();
    const { http, url } = await serve(() => {
      controller.abort();
    });
    expect(await failure(http, ask(url, { signal: controller.signal }))).toMatchObject({
      phase: "sent",
      code: "cancelled",
    });
  });

  it("inside the body ends the call as sent", async () => {
    const controller = new AbortController();
    const { http, url } = await serve((_, response) => {
      response.writeHead(200, { "content-length": "9" });
      response.write("half", () => {
        controller.abort();
      });
    });
    expect(await failure(http, ask(url, { signal: controller.signal }))).toMatchObject({
      phase: "sent",
      code: "cancelled",
    });
  });
});

describe("a broken connection", () => {
  it("that could not be made is unsent", async () => {
    const server = await tcpLoopback(() => undefined);
    await server.close();
    expect(await failure(client(server.host), ask(server.url))).toMatchObject({
      phase: "unsent",
      code: "ECONNREFUSED",
    });
  });

  it("whose handshake fails is unsent", async () => {
    const { http, host } = await listen((socket) => socket.once("data", () => socket.end("no TLS here")));
    expect((await failure(http, ask(`https://${host}/`))).phase).toBe("unsent");
  });

  it("reset after the request is sent", async () => {
    const { http, url } = await listen((socket) => socket.once("data", () => socket.resetAndDestroy()));
    expect((await failure(http, ask(url))).phase).toBe("sent");
  });

  it("reset inside the body is sent", async () => {
    const { http, url } = await serve((_, response) => {
      response.writeHead(200, { "content-length": "9" });
      response.write("half", () => response.socket?.resetAndDestroy());
    });
    expect((await failure(http, ask(url))).phase).toBe("sent");
  });

  it("closed before the promised length is sent, not a short answer", async () => {
    const { http, url } = await listen((socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf")),
    );
    expect((await failure(http, ask(url))).phase).toBe("sent");
  });
});

describe("aboutToSend", () => {
  it("is asked once the connection stands, right before the bytes", async () => {
    const order: string[] = [];
    const server = await httpLoopback((_, response) => {
      order.push("received");
      response.end();
    });
    onTestFinished(() => server.close());
    await client(server.host).send(ask(server.url, { aboutToSend: () => order.push("asked") }));
    expect(order).toEqual(["asked", "received"]);
  });

  it("that throws leaves nothing sent, on a fresh and on a kept connection, and its own error comes back", async () => {
    const tooOld = new Error("the claim is too old");
    const { http, url, received } = await serve((_, response) => response.end());
    const refused = () =>
      http.send(
        ask(url, {
          aboutToSend: () => {
            throw tooOld;
          },
        }),
      );
    await expect(refused()).rejects.toBe(tooOld);
    await http.send(ask(url));
    await expect(refused()).rejects.toBe(tooOld);
    expect(received).toHaveLength(1);
  });
});
