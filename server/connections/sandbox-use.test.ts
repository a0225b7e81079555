import { afterAll, describe, expect, it } from "vitest";
import { createHttpClient } from "../../integrations/http.js";
import { httpLoopback } from "../../integrations/testing/loopback.js";
import { boundTo, noConnection } from "./open-connection.js";
import { reachingSandbox, sandboxHosts } from "./sandbox-use.js";

const system = await httpLoopback((_, response) => response.end("sandbox"));
const other = await httpLoopback((_, response) => response.end("other"));
const hosts = [system.host];
const http = reachingSandbox({
  hosts,
  guarded: createHttpClient({ allowPrivate: [] }),
  open: createHttpClient({ allowPrivate: hosts }),
});
afterAll(() => Promise.all([http.close(), system.close(), other.close()]));

const get = (url: string) => ({ method: "GET", url, signal: new AbortController().signal, deadlineMs: 2_000 });

describe("the sandbox, which is on this machine,", () => {
  it("is reached by a connection that points there", async () => {
    expect((await boundTo(hosts, http, true).send(get(system.url))).body.toString()).toBe("sandbox");
  });

  it.each([
    ["a request without a connection", noConnection(http).http],
    ["a connection that names no host", boundTo([], http, false)],
  ])("is not reached by %s", async (_, client) => {
    await expect(client.send(get(system.url))).rejects.toMatchObject({ phase: "unsent", code: "private_address" });
  });

  it("opens no other private address to the connections that point there", async () => {
    const client = boundTo([...hosts, other.host], http, true);
    await expect(client.send(get(other.url))).rejects.toMatchObject({ code: "private_address" });
  });

  it("has a page and its control, which are no host of a connection", () => {
    expect(sandboxHosts(4000)).toContain("127.0.0.1:4002");
    expect(sandboxHosts(4000).filter((host) => host.endsWith(":4001"))).toEqual([]);
  });
});
