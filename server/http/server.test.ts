import { describe, expect, it } from "vitest";
import { raw } from "../testing/raw-http.js";
import { listen } from "./server.js";

const loopback = { host: "127.0.0.1", port: 0 };

describe("the server", () => {
  it("lets an answer in progress finish when it is closed, and takes nothing new", async () => {
    let finish: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let answer: () => void = () => undefined;
    const server = await listen((_request, response) => {
      answer = () => response.end("done");
      finish();
    }, loopback);
    const url = `http://127.0.0.1:${server.port}`;
    const open = fetch(url);
    await asked;
    const closed = server.close();
    answer();
    expect(await (await open).text()).toBe("done");
    await closed;
    await expect(fetch(url)).rejects.toThrow();
  });

  it("closes what does not end by itself", async () => {
    const server = await listen((_request, response) => void response.write("for ever"), loopback);
    const stream = await fetch(`http://127.0.0.1:${server.port}`);
    await server.close(0);
    await expect(stream.text()).rejects.toThrow();
  });

  it("says when its port is taken", async () => {
    const first = await listen((_request, response) => response.end(), loopback);
    await expect(
      listen((_request, response) => response.end(), { ...loopback, port: first.port }),
    ).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await first.close();
  });
});

describe("what cannot be read as a request", () => {
  const tell = (port: number, text: string): Promise<string> => raw(`http://127.0.0.1:${port}`, text);

  it.each([
    ["no HTTP at all", "hello", 400, "bad_request"],
    ["two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2", 400, "bad_request"],
    [
      "headers without end",
      `GET / HTTP/1.1\r\n${`X-Long: ${"y".repeat(100)}\r\n`.repeat(200)}X-Last: 1`,
      431,
      "headers_too_large",
    ],
  ])("is answered as a problem that says what to do: %s", async (_what, text, status, code) => {
    const server = await listen((_request, response) => response.end("read"), loopback);
    const answer = await tell(server.port, text);
    await server.close(0);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain("Content-Type: application/problem+json");
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toMatchObject({ status, code });
  });

  it("is hung up on where an answer is on its way: nothing is put into that", async () => {
    const server = await listen((_request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half of an answer");
    }, loopback);
    const answer = await tell(server.port, "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET nonsense");
    await server.close(0);
    expect(answer).not.toMatch(/bad_request|HTTP\/1.1 400/);
  });
});
