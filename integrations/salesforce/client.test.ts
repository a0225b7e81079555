import { createPublicKey, createVerify, generateKeyPairSync } from "node:crypto";
import { Connection, OAuth2 } from "jsforce/lib/core.js";
import { describe, expect, it } from "vitest";
import { createHttpClient } from "../http.js";
import { assertSalesforceTransport, openSalesforce } from "./client.js";
import { callTo, connectionTo } from "./testing/call.js";
import {
  json,
  reset,
  stalledBody,
  text,
  useFakes,
  type FakeServer,
  type Received,
  type Respond,
} from "../testing/fake-server.js";
import { apiError, org, type OrgOptions, type Routes } from "./testing/org.js";
import { createTokenCache } from "./token-cache.js";

let server: FakeServer;
const start = useFakes();
const serve = async (routes: Routes, options?: OrgOptions) => (server = await start(org(routes, options)));
const open = (over: Parameters<typeof callTo>[1] = {}) => openSalesforce(callTo(server, over), createTokenCache());
const paths = () => server.received.map(({ method, url }) => `${method} ${url}`);
const tokenRequests = () => server.received.filter(({ url }) => url === "/services/oauth2/token");

describe("requests", () => {
  it("go to the pinned version with the token in a header", async () => {
    await serve({ "GET /limits": { ok: true } });
    const client = await open({ connection: connectionTo(server, { config: { apiVersion: "63.0" } }) });
    expect(await client.get("/limits")).toEqual({ ok: true });
    expect(paths()).toEqual(["POST /services/oauth2/token", "GET /services/data/v63.0/limits"]);
    expect(server.received[1]!.headers["authorization"]).toBe("Bearer token-1");
  });

  it("answer 204 with nothing", async () => {
    await serve({
      "PATCH /sobjects/Contact/003": (_request: Received, response: Parameters<Respond>[1]) =>
        void response.writeHead(204).end(),
    });
    expect(await (await open()).patch("/sobjects/Contact/003", { Title: "x" })).toBeUndefined();
  });

  it("ask for the claim before a write, not before a token or a read", async () => {
    let asked = 0;
    await serve({ "GET /limits": {}, "POST /sobjects/Task": {} });
    const client = await open({ aboutToSend: () => void (asked += 1) });
    await client.get("/limits");
    expect(asked).toBe(0);
    await client.post("/sobjects/Task", {});
    expect(asked).toBe(1);
  });

  it("send nothing when the claim has grown old, and pass that error through", async () => {
    await serve({ "POST /sobjects/Task": {} });
    const aboutToSend = () => {
      throw new Error("the claim is too old");
    };
    await expect((await open({ aboutToSend })).post("/sobjects/Task", {})).rejects.toThrow("the claim is too old");
    expect(paths()).toEqual(["POST /services/oauth2/token"]);
  });
});

describe("failures", () => {
  const both = async (respond: Respond) => {
    await serve({ "GET /x": respond, "POST /x": respond });
    const client = await open({ deadlineMs: 400 });
    const read: unknown = await client.get("/x").catch((error: unknown) => error);
    const write: unknown = await (await open({ deadlineMs: 400 })).post("/x", {}).catch((error: unknown) => error);
    return { read, write };
  };

  it.each<[string, Respond, string]>([
    ["a reset", reset, "UND_ERR_SOCKET"],
    ["an HTML page called 200", text(200, "<html>Log in</html>"), "unreadable_answer"],
    ["a 302", text(302, "", { location: "/elsewhere" }), "http_302"],
    ["a 307", text(307, "", { location: "/elsewhere" }), "http_307"],
    ["a 503 page", text(503, "<html>Maintenance</html>"), "http_503"],
    ["an unknown exception", json(500, apiError("UNKNOWN_EXCEPTION")), "UNKNOWN_EXCEPTION"],
  ])("%s leaves a write in doubt, and lets a read be repeated", async (_name, respond, code) => {
    const { read, write } = await both(respond);
    expect(write).toMatchObject({
      name: "ConnectorError",
      outcome: "AMBIGUOUS",
      code: expect.stringMatching(`${code}|ECONNRESET`) as string,
    });
    expect(read).toMatchObject({ name: "ConnectorError", outcome: "TRANSIENT" });
    // jsforce would have repeated the read five times and followed the redirect.
    expect(server.received.filter(({ url }) => url.endsWith("/x"))).toHaveLength(2);
    expect(paths().join()).not.toContain("elsewhere");
  });

  it("never outlive their deadline on a stalled body", async () => {
    const { read, write } = await both(stalledBody);
    expect(write).toMatchObject({ outcome: "AMBIGUOUS", code: "timeout" });
    expect(read).toMatchObject({ outcome: "TRANSIENT", code: "timeout" });
  });

  it("carry the codes and fields of several errors", async () => {
    const errors = [
      { errorCode: "REQUIRED_FIELD_MISSING", message: "Required", fields: ["LastName"] },
      { errorCode: "STRING_TOO_LONG", message: "Long", fields: ["Title"] },
    ];
    await serve({ "POST /x": json(400, errors) });
    const expected = {
      outcome: "REJECTED",
      code: "REQUIRED_FIELD_MISSING",
      fields: { LastName: "Required", Title: "Long" },
    };
    await expect((await open()).post("/x", {})).rejects.toMatchObject(expected);
  });

  it("stop when the call is cancelled", async () => {
    const controller = new AbortController();
    await serve({ "POST /x": () => controller.abort() });
    const write = (await open({ signal: controller.signal })).post("/x", {});
    await expect(write).rejects.toMatchObject({ outcome: "AMBIGUOUS", code: "cancelled" });
  });
});

describe("an expired session", () => {
  it("is renewed once, and the request repeated with the new token", async () => {
    await serve({
      "GET /limits": (request: Received, response: Parameters<Respond>[1]) => {
        const fresh = request.headers["authorization"] === "Bearer token-2";
        (fresh ? json(200, { ok: true }) : json(401, apiError("INVALID_SESSION_ID")))(request, response);
      },
    });
    expect(await (await open()).get("/limits")).toEqual({ ok: true });
    expect(tokenRequests()).toHaveLength(2);
  });

  it("ends after the second 401 instead of looping", async () => {
    await serve({ "POST /x": json(401, apiError("INVALID_SESSION_ID", "Session expired or invalid")) });
    await expect((await open()).post("/x", {})).rejects.toMatchObject({ outcome: "AUTH", code: "INVALID_SESSION_ID" });
    expect(server.received.filter(({ url }) => url.endsWith("/x"))).toHaveLength(2);
    expect(tokenRequests()).toHaveLength(2);
  });

  it("is AUTH at once where jsforce itself knows that renewing is pointless", async () => {
    const message = "This session is not valid for use with the REST API";
    await serve({ "GET /x": json(401, apiError("INVALID_SESSION_ID", message)) });
    await expect((await open()).get("/x")).rejects.toMatchObject({ outcome: "AUTH", message });
    expect(tokenRequests()).toHaveLength(1);
  });

  it("keeps the class of a refusal while renewing", async () => {
    let signIns = 0;
    const base = org({ "GET /x": json(401, apiError("INVALID_SESSION_ID")) });
    server = await start((request, response) => {
      if (request.url === "/services/oauth2/token") signIns += 1;
      const refused = request.url === "/services/oauth2/token" && signIns > 1;
      (refused ? json(400, { error: "invalid_grant", error_description: "inactive" }) : base)(request, response);
    });
    await expect((await open()).get("/x")).rejects.toMatchObject({ outcome: "AUTH", code: "invalid_grant" });
  });

  it("is renewed once for many callers", async () => {
    await serve({
      "GET /limits": (request: Received, response: Parameters<Respond>[1]) => {
        const stale = request.headers["authorization"] === "Bearer token-1";
        (stale ? json(401, apiError("INVALID_SESSION_ID")) : json(200, {}))(request, response);
      },
    });
    const [connection, tokens] = [connectionTo(server), createTokenCache()];
    const clients = await Promise.all(
      Array.from({ length: 8 }, () => openSalesforce(callTo(server, { connection }), tokens)),
    );
    await Promise.all(clients.map((client) => client.get("/limits")));
    expect(tokenRequests()).toHaveLength(2);
  });
});

describe("signing in", () => {
  it("sends client credentials in the body", async () => {
    await serve({});
    await open();
    const body = Object.fromEntries(new URLSearchParams(tokenRequests()[0]!.body));
    expect(body).toEqual({ grant_type: "client_credentials", client_id: "client-1", client_secret: "hush" });
  });

  it("signs a short-lived JWT with the private key", async () => {
    await serve({});
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const connection = connectionTo(server, {
      config: { grant: "jwt", username: "ops@acme.example" },
      secret: { privateKey: pem },
    });
    await open({ connection });
    const body = new URLSearchParams(tokenRequests()[0]!.body);
    expect(body.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    const [header = "", claims = "", signature = ""] = (body.get("assertion") ?? "").split(".");
    const verify = createVerify("RSA-SHA256").update(`${header}.${claims}`);
    expect(
      verify.verify(createPublicKey(publicKey.export({ type: "spki", format: "pem" })), signature, "base64url"),
    ).toBe(true);
    const read: unknown = JSON.parse(Buffer.from(claims, "base64url").toString("utf8"));
    expect(read).toMatchObject({ iss: "client-1", sub: "ops@acme.example", aud: server.url });
    expect(read).toHaveProperty("exp", expect.closeTo(Date.now() / 1_000 + 180, -2));
  });

  it.each([
    [{ config: { grant: "jwt", username: "u" }, secret: { privateKey: "not a key" } }, "private_key_unreadable"],
    [{ config: { grant: "jwt", username: "u" }, secret: {} }, "credentials_incomplete"],
    [{ config: { grant: "jwt" }, secret: { privateKey: "x" } }, "credentials_incomplete"],
    [{ secret: {} }, "credentials_incomplete"],
  ])("says which credential is missing or broken: %j", async (over, code) => {
    await serve({});
    await expect(open({ connection: connectionTo(server, over) })).rejects.toMatchObject({ outcome: "AUTH", code });
  });

  it("does not carry the token to a host that nobody entered", async () => {
    const reply = {
      access_token: "t",
      instance_url: "https://evil.example",
      id: "https://login.salesforce.com/id/o/u",
    };
    server = await start(json(200, reply));
    await expect(open()).rejects.toMatchObject({ outcome: "AUTH", code: "instance_not_allowed" });
  });

  it("is TRANSIENT while the sign-in answers 5xx or nobody listens", async () => {
    server = await start(text(503, "busy"));
    await expect(open()).rejects.toMatchObject({ outcome: "TRANSIENT" });
    await server.close();
    const http = createHttpClient({ allowPrivate: [server.host] });
    const connection = { ...connectionTo(server), http };
    await expect(open({ connection })).rejects.toMatchObject({ outcome: "TRANSIENT", code: "ECONNREFUSED" });
    await http.close();
  });

  it("waits for the token no longer than the call may last", async () => {
    server = await start(stalledBody);
    await expect(open({ deadlineMs: 100 })).rejects.toMatchObject({ outcome: "TRANSIENT", code: "deadline" });
  });

  it("signs in once for many callers, and again after a failure", async () => {
    let failing = true;
    const good = org({});
    server = await start((request, response) => (failing ? text(503, "busy") : good)(request, response));
    const [connection, tokens] = [connectionTo(server), createTokenCache()];
    const openAgain = () => openSalesforce(callTo(server, { connection }), tokens);
    await expect(openAgain()).rejects.toMatchObject({ outcome: "TRANSIENT" });
    failing = false;
    await Promise.all([openAgain(), openAgain(), openAgain()]);
    expect(tokenRequests()).toHaveLength(2);
  });

  it("never swaps the tokens of two connections", async () => {
    const other = await start(org({ "GET /limits": {} }, {}));
    await serve({ "GET /limits": {} });
    const tokens = createTokenCache();
    const mine = connectionTo(server);
    // The same connection id with another secret is another sign-in too.
    const rotated = { ...mine, secret: { clientSecret: "rotated" } };
    const calls = [callTo(server, { connection: mine }), callTo(server, { connection: rotated }), callTo(other)];
    const clients = await Promise.all(calls.map((call) => openSalesforce(call, tokens)));
    await Promise.all(clients.map((client) => client.get("/limits")));
    const used = (fake: FakeServer) =>
      fake.received.filter(({ method }) => method === "GET").map(({ headers }) => headers["authorization"]);
    expect(used(server).toSorted()).toEqual(["Bearer token-1", "Bearer token-2"]);
    expect(used(other)).toEqual(["Bearer token-1"]);
  });
});

describe("assertSalesforceTransport", () => {
  it("refuses a connection whose transports are jsforce's own", () => {
    const raw = new Connection({ instanceUrl: "https://acme.my.salesforce.com", oauth2: new OAuth2({}) });
    expect(() => assertSalesforceTransport(raw)).toThrow("not speaking through GuardedTransport");
  });
});
