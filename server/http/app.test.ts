import { describe, expect, it } from "vitest";
import { z } from "zod";
import { conflict } from "../errors.js";
import { aToken, clientOf, roles } from "../testing/http.js";
import { permissions } from "../members/permissions.js";
import { createApp } from "./app.js";
import { defineRoute } from "./route.js";
import { echo, useTestApps } from "./testing/echo.js";

const workspaceId = "0192f000-0000-7000-8000-00000000000a";
const serve = useTestApps();

const failing = (error: unknown) =>
  defineRoute({
    method: "get",
    path: "/api/fail",
    access: "public",
    summary: "Fails",
    reply: z.object({}),
    handle: () => Promise.reject(error as Error),
  });

describe("a route", () => {
  it("gets its input parsed and answers with its status", async () => {
    const app = await serve({ routes: [echo] });
    const answer = await app.as(aToken(workspaceId))("POST", "/api/echo/7", { word: "hello" });
    expect(answer).toMatchObject({ status: 201, json: { n: 7, word: "hello" } });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("refuses what its schemas refuse, naming the fields", async () => {
    const app = await serve({ routes: [echo] });
    const answer = await app.as(aToken(workspaceId))("POST", "/api/echo/7", { word: "x" });
    expect(answer.headers.get("content-type")).toMatch("application/problem+json");
    expect(answer).toMatchObject({
      status: 400,
      json: { code: "invalid_request", fields: { word: expect.stringContaining("2") as string } },
    });
  });

  it.each([
    ["/api/echo/x", { word: "hello" }, 'In the address, "n" must be a number, and is text.'],
    ["/api/echo/7", { word: "x" }, 'In the body, "word" must have at least 2 characters.'],
    ["/api/echo/7", {}, 'In the body, "word" is missing; it must be text.'],
    ["/api/echo/7", [], "The body must be an object, and is a list."],
    ["/api/echo/7", undefined, "The body is missing; it must be an object."],
  ])("says what is wrong where, and what to send instead: POST %s %j", async (path, body, detail) => {
    const app = await serve({ routes: [echo] });
    const answer = await app.as(aToken(workspaceId))("POST", path, body);
    expect(answer).toMatchObject({ status: 400, json: { code: "invalid_request", detail } });
  });

  it("is for nobody without credentials", async () => {
    const app = await serve({ routes: [echo] });
    const answer = await app.anonymous("POST", "/api/echo/7", { word: "hello" });
    expect(answer).toMatchObject({ status: 401, json: { code: "unauthorized" } });
    expect(answer.headers.get("www-authenticate")).toMatch("Bearer");
  });

  it("says so where a token was sent that is not good", async () => {
    const app = await serve({ routes: [echo] });
    const send = clientOf(app.url, { authorization: "Bearer lwt_gone" });
    expect((await send("POST", "/api/echo/7", { word: "hello" })).json).toMatchObject({
      detail: expect.stringMatching(/^This API token is unknown, expired or revoked\./) as string,
    });
    expect((await app.anonymous("POST", "/api/echo/7", { word: "hello" })).json).toMatchObject({
      detail: "Sign in, or send an API token as a bearer token.",
    });
  });

  it.each(roles)("is for the roles of its permission only: %s", async (role) => {
    const app = await serve({ routes: [echo] });
    const answer = await app.as(aToken(workspaceId, role))("POST", "/api/echo/7", { word: "hello" });
    const allowed: readonly string[] = permissions["flows:edit"];
    expect(answer.status).toBe(allowed.includes(role) ? 201 : 403);
  });

  it("asks who it is, and whether they may, before it says what is wrong with what they sent", async () => {
    const app = await serve({ routes: [echo] });
    const wrong = ["POST", "/api/echo/x", { word: "x" }] as const;
    expect((await app.anonymous(...wrong)).status).toBe(401);
    expect((await app.as(aToken(workspaceId, "viewer"))(...wrong)).status).toBe(403);
    expect((await app.as(aToken(workspaceId))(...wrong)).status).toBe(400);
  });

  it("answers other methods with 405 and those that it knows", async () => {
    const app = await serve({ routes: [echo] });
    const answer = await app.anonymous("PUT", "/api/echo/7", {});
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST");
  });

  it("that is public has no actor to lean on", async () => {
    const route = defineRoute({
      method: "get",
      path: "/api/who",
      access: "public",
      summary: "Who",
      reply: z.object({ id: z.string() }),
      handle: ({ actor }) => ({ id: actor.workspaceId }),
    });
    const app = await serve({ routes: [route] });
    expect((await app.anonymous("GET", "/api/who")).status).toBe(500);
  });
});

describe("the list of routes", () => {
  const options = {
    config: { publicUrl: "http://127.0.0.1:4000", trustedProxies: [], rateLimit: 0 },
    authenticate: () => Promise.resolve(null),
    staticDir: null,
    version: "0",
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };

  it("does not start with a route that declares no access", () => {
    const undeclared = { ...echo, access: "nothing" } as unknown as typeof echo;
    expect(() => createApp({ ...options, routes: [undeclared] })).toThrow(/POST \/api\/echo\/:n declares no access/);
  });

  it("does not start with two routes for one address", () => {
    const twin = { ...echo, path: "/api/echo/:other" };
    expect(() => createApp({ ...options, routes: [echo, twin] })).toThrow(/Two routes answer/);
  });
});

describe("a write by cookie", () => {
  const member = { ...aToken(workspaceId), kind: "member" as const };
  it.each([
    [{ "sec-fetch-site": "same-origin" }, 201],
    [{ origin: "http://127.0.0.1:4000" }, 201],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "none" }, 403],
    [{ "sec-fetch-site": "cross-site", origin: "http://127.0.0.1:4000" }, 403],
    [{ origin: "http://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{}, 403],
  ])("with %j is answered %i", async (headers, status) => {
    const app = await serve({ routes: [echo] });
    const answer = await app.as(member)("POST", "/api/echo/1", { word: "hello" }, headers);
    expect(answer.status).toBe(status);
  });
});

describe("an error", () => {
  it("of a service is answered as it was worded", async () => {
    const app = await serve({ routes: [failing(conflict("draft_conflict", "Somebody else saved.", { revision: 3 }))] });
    expect((await app.anonymous("GET", "/api/fail")).json).toMatchObject({
      type: "about:blank",
      title: "Conflict",
      status: 409,
      code: "draft_conflict",
      detail: "Somebody else saved.",
      revision: 3,
    });
    expect(app.errors).toEqual([]);
  });

  it.each([
    Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
    Object.assign(new Error("the database system is starting up"), { code: "57P03" }),
    Object.assign(new Error("disk"), { code: "53100" }),
    new Error("timeout exceeded when trying to connect"),
    new AggregateError([Object.assign(new Error("v6"), { code: "ECONNREFUSED" })]),
  ])("that means the database is away asks to come back", async (error) => {
    const app = await serve({ routes: [failing(error)] });
    const answer = await app.anonymous("GET", "/api/fail");
    expect(answer).toMatchObject({ status: 503, json: { code: "database_unavailable" } });
    expect(answer.headers.get("retry-after")).toBe("5");
  });

  it("that nobody expected is logged once, and neither the log nor the answer says what it said", async () => {
    const app = await serve({ routes: [failing(new TypeError("cannot read Ada Lovelace"))] });
    const answer = await app.anonymous("GET", "/api/fail");
    expect(answer).toMatchObject({ status: 500, json: { code: "internal_error" } });
    expect(app.errors).toHaveLength(1);
    expect(app.errors).toMatchObject([{ err: { name: "TypeError" }, requestId: answer.headers.get("x-request-id") }]);
    expect(JSON.stringify(app.errors) + answer.text).not.toMatch("Lovelace");
  });

  it("of a schema that read a stored row is ours, not the caller's: its place is logged, and the row is told to nobody", async () => {
    const row = z.object({ layout: z.record(z.string(), z.object({ x: z.number() })), kind: z.enum(["a", "b"]) });
    const stored = { layout: { start: { x: "Ada Lovelace" }, "ada@example.com": 7 }, kind: "Countess" };
    const route = defineRoute({
      method: "get",
      path: "/api/flows/:flowId",
      access: "public",
      summary: "Reads a row that no release wrote",
      params: z.object({ flowId: z.uuid() }),
      reply: z.object({}),
      handle: () => {
        row.parse(stored);
        return {};
      },
    });
    const app = await serve({ routes: [route] });
    const answer = await app.anonymous("GET", `/api/flows/${workspaceId}`);
    const requestId = answer.headers.get("x-request-id");
    expect(answer.headers.get("content-type")).toMatch("application/problem+json");
    expect(answer).toMatchObject({ status: 500, json: { code: "internal_error", requestId } });
    expect(
      Object.keys(answer.json as object)
        .sort()
        .join(" "),
    ).toBe("code detail requestId status title type");
    expect(app.errors).toMatchObject([
      {
        err: {
          name: "ZodError",
          refused: ["invalid_type at layout.start.x", "invalid_type at layout.?", "invalid_value at kind"],
        },
        method: "GET",
        route: "/api/flows/:flowId",
        requestId,
      },
    ]);
    expect(JSON.stringify(app.errors) + answer.text).not.toMatch(/Ada|ada@|Countess/);
    expect((await app.anonymous("GET", "/api/flows/x")).status).toBe(400);
  });

  it("of an address that does not exist is a problem too", async () => {
    const app = await serve({ routes: [] });
    expect(await app.anonymous("GET", "/api/nothing")).toMatchObject({ status: 404, json: { code: "not_found" } });
    expect(await app.anonymous("GET", "/api/%zz")).toMatchObject({ status: 404 });
  });
});

describe("signing in", () => {
  it("is limited by address, against noise", async () => {
    const route = defineRoute({
      method: "get",
      path: "/sign-in",
      access: "public",
      summary: "Sign in",
      reply: z.object({}),
      handle: () => ({}),
    });
    const app = await serve({ routes: [route] });
    const statuses = new Set<number>();
    for (let n = 0; n < 61; n++) statuses.add((await app.anonymous("GET", "/sign-in")).status);
    expect([...statuses]).toEqual([200, 429]);
  });
});
