import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import { describe, expect, it, onTestFinished } from "vitest";
import { isPublic } from "./http.js";
import { ask, client, failure, serve } from "./testing/guarded.js";

describe("addresses", () => {
  it.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://127.0.0.1./",
    "http://0.0.0.0/",
    "http://10.1.2.3/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
  ])("%s is refused as private", async (url) => {
    expect(await failure(client(), ask(url))).toMatchObject({ phase: "unsent", code: "private_address" });
  });

  it.each(["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])("%s is public", (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    ["ftp://example.com/", "bad_protocol"],
    ["file:///etc/passwd", "bad_protocol"],
    ["https://user:pass@example.com/", "credentials_in_url"],
    ["not an address", "bad_url"],
    ["/only/a/path", "bad_url"],
  ])("%s is refused as %s", async (url, code) => {
    expect(await failure(client(), ask(url))).toMatchObject({ phase: "unsent", code });
  });

  it("a name that resolves to a private address is refused", async () => {
    const { url, received } = await serve((_, response) => response.end());
    const named = url.replace("127.0.0.1", "localhost");
    expect(await failure(client(), ask(named))).toMatchObject({ phase: "unsent", code: "private_address" });
    expect(received).toEqual([]);
  });

  it("a private host is reached when the configuration names it with its port, and no other port", async () => {
    const { host, url } = await serve((_, response) => response.end("in"));
    expect((await client(host).send(ask(url))).body.toString()).toBe("in");
    expect((await failure(client("127.0.0.1:1"), ask(url))).code).toBe("private_address");
  });
});

describe("a host that changes its address between look-ups", () => {
  const realLookup = dns.lookup;
  type Done = (error: Error | null, found: dns.LookupAddress[] | undefined) => void;
  function fakeLookup(answer: (done: Done) => void): void {
    const lookup = (_host: string, _options: unknown, done: Done) => {
      answer(done);
    };
    Object.assign(dns, { lookup });
    syncBuiltinESMExports();
    onTestFinished(() => {
      Object.assign(dns, { lookup: realLookup });
      syncBuiltinESMExports();
    });
  }
  function answerWith(...answers: string[][]): { asked: () => number } {
    let asked = 0;
    fakeLookup((done) => {
      const found = answers[Math.min(asked, answers.length - 1)] ?? [];
      asked += 1;
      done(
        null,
        found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
    });
    return { asked: () => asked };
  }

  it("is connected at the address that was checked: the private one of a second look-up is never reached", async () => {
    const { url, received } = await serve((_, response) => response.end());
    // 3ffe::/16 counts as public but has been given back: nothing answers there.
    const lookups = answerWith(["3ffe::1"], ["127.0.0.1"]);
    const error = await failure(client(), ask(url.replace("127.0.0.1", "rebind.example"), { deadlineMs: 200 }));
    expect(error.phase).toBe("unsent");
    expect(lookups.asked()).toBe(1);
    expect(received).toEqual([]);
  });

  it("that does not exist is unsent", async () => {
    const missing = Object.assign(new Error("no such host"), { code: "ENOTFOUND" });
    fakeLookup((done) => {
      done(missing, undefined);
    });
    expect(await failure(client(), ask("http://missing.example/"))).toMatchObject({
      phase: "unsent",
      code: "ENOTFOUND",
    });
  });

  it("is refused when any of its addresses is private", async () => {
    const { url, received } = await serve((_, response) => response.end());
    answerWith(["3ffe::1", "127.0.0.1"]);
    expect(await failure(client(), ask(url.replace("127.0.0.1", "mixed.example")))).toMatchObject({
      phase: "unsent",
      code: "private_address",
    });
    expect(received).toEqual([]);
  });
});

describe("the allow-list of a connection", () => {
  it.each([
    ["http://127.0.0.1:1/", ["127.0.0.1"], true],
    ["http://127.0.0.1:1/", ["127.0.0.1:1"], true],
    ["http://127.0.0.1:1/", ["127.0.0.1:2"], false],
    ["http://127.0.0.1:1/", ["localhost"], false],
    ["http://127.0.0.1:1/", [], false],
    ["http://127.0.0.1/", ["127.0.0.1:80"], true],
    ["https://127.0.0.1/", ["127.0.0.1:443"], true],
    ["https://127.0.0.1/", ["127.0.0.1:80"], false],
    ["https://evil.example/?127.0.0.1", ["127.0.0.1"], false],
    ["https://127.0.0.1.evil.example/", ["127.0.0.1"], false],
  ])("%s against %j: allowed is %s", async (url, allowedHosts, allowed) => {
    const error = await failure(client(), ask(url, { allowedHosts }));
    // An allowed private address is stopped by the next guard, so no test here ever connects.
    expect(error).toMatchObject({ phase: "unsent", code: allowed ? "private_address" : "host_not_allowed" });
  });
});
