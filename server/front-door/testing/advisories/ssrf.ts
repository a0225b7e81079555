import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import { expect, it, onTestFinished } from "vitest";
import { httpStep, tryFlow, type Stage } from "./stage.js";

/** The internal server's address, spelled as each of the advisories did it. `:port` follows. */
const SPELLINGS = [
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f000001",
  "0x7f.0.0.1",
  "0177.0.0.1",
  "017700000001",
  "127.0.0.1.",
  "１２７.０.０.１",
  "127。0。0。1",
  "0.0.0.0",
  "0",
  "localhost",
  "LOCALHOST.",
  "[::1]",
  "[::]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[0:0:0:0:0:ffff:7f00:1]",
  "[::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[fe80::1]",
  "[fd00::1]",
];

const METADATA = ["http://169.254.169.254/latest", "http://[::ffff:a9fe:a9fe]/latest", "http://2852039166/latest"];

export function ssrf(stage: Stage): void {
  const port = () => new URL(stage.internal.url).port;

  it("no spelling of a private address is reached by a connection's check", async () => {
    const urls = [...SPELLINGS.map((host) => `http://${host}:${port()}/`), ...METADATA];
    for (const baseUrl of urls) {
      const body = { connector: "http", name: "x", config: { baseUrl }, secret: { headerValue: "x" } };
      expect([baseUrl, (await stage.api("POST", "/api/connections", body)).status]).toEqual([
        baseUrl,
        expect.toBeOneOf([400, 422]),
      ]);
    }
    for (const connector of ["jira", "slack", "salesforce"]) {
      const url = `http://127.0.0.1:${port()}`;
      const config = { site: url, apiUrl: `${url}/api/`, loginUrl: url, email: "a@b.example", clientId: "x" };
      const secret = { apiToken: "x", botToken: "xoxb-x", signingSecret: "x", clientSecret: "x", webhookSecret: "x" };
      const grant = { grant: "client_credentials" };
      const body = { connector, name: "x", config: { ...config, ...grant }, secret };
      const { status } = await stage.api("POST", "/api/connections", body);
      expect([connector, status]).toEqual([connector, expect.toBeOneOf([400, 422])]);
    }
    expect(stage.internal.received).toEqual([]);
  });

  it("nor by a flow, whether its author or a customer wrote the address", async () => {
    for (const host of ["127.1", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "0x7f000001", "localhost"]) {
      const url = `http://${host}:${port()}/x`;
      for (const step of [httpStep({ url }), httpStep({ url: "{{ feedback.comment | default: '' }}" })]) {
        const { run } = await tryFlow(stage, [step], "start > call", { comment: url });
        expect([url, run?.effects[0]]).toMatchObject([url, { state: "failed", code: "private_address" }]);
      }
    }
    expect(stage.internal.received).toEqual([]);
  });

  it("nor by a redirect from a server that may be called", async () => {
    for (const path of ["/redirect-to-internal", "/meta-refresh"]) {
      const { run } = await tryFlow(
        stage,
        [httpStep({ method: "GET", url: stage.partner.url + path })],
        "start > call",
      );
      expect(run?.state).not.toBe("running");
    }
    expect(stage.internal.received).toEqual([]);
  });

  it("nor by a name whose address changes between the look and the call", async () => {
    const real = dns.lookup;
    let looks = 0;
    const lookup = (...asked: unknown[]) => {
      const [host, , done] = asked as [string, object, (error: null, found: dns.LookupAddress[]) => void];
      if (!host.endsWith(".rebind.example")) return Reflect.apply(real, dns, asked) as unknown;
      looks += 1;
      // 3ffe::/16 counts as public but was given back: nothing answers there.
      done(null, looks === 1 ? [{ address: "3ffe::1", family: 6 }] : [{ address: "127.0.0.1", family: 4 }]);
      return undefined;
    };
    Object.assign(dns, { lookup });
    syncBuiltinESMExports();
    onTestFinished(() => {
      Object.assign(dns, { lookup: real });
      syncBuiltinESMExports();
    });
    const baseUrl = `http://a.rebind.example:${port()}/`;
    const body = { connector: "http", name: "x", config: { baseUrl }, secret: { headerValue: "x" } };
    expect((await stage.api("POST", "/api/connections", body)).status).toBe(422);
    // What is looked up again is judged again.
    expect((await stage.api("POST", "/api/connections", body)).status).toBe(422);
    expect([looks > 0, stage.internal.received]).toEqual([true, []]);
  });

  it("an answer that never ends, in size or in time, is cut off", async () => {
    const ended = async (path: string): Promise<unknown> => {
      const { run } = await tryFlow(
        stage,
        [httpStep({ method: "GET", url: stage.partner.url + path })],
        "start > call",
      );
      return run?.effects[0]?.attempts[0]?.code;
    };
    expect(await ended("/endless")).toBe("body_too_large");
    // The deadline of the call and that of the attempt end together.
    expect(await ended("/trickle")).toBeOneOf(["timeout", "cancelled"]);
  });
}
