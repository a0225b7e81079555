import { describe, expect, it } from "vitest";
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
