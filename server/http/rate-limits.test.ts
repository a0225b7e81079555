import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { TestApp } from "../testing/http.js";
import { aToken } from "../testing/http.js";
import { defineRoute } from "./route.js";
import { echo, useTestApps } from "./testing/echo.js";

const serve = useTestApps();
const workspaceId = "0192f000-0000-7000-8000-00000000000a";

const reading = (heavy: boolean) =>
  defineRoute({
    method: "get",
    path: heavy ? "/api/all" : "/api/one",
    access: "flows:read",
    summary: "Reads",
    heavy,
    reply: z.object({}),
    handle: () => ({}),
  });
const signIn = defineRoute({
  method: "post",
  path: "/api/sign-in",
  access: "public",
  summary: "Signs in",
  reply: z.object({}),
  handle: () => ({}),
});

const limited = (rateLimit: number): Promise<TestApp> =>
  serve({
    routes: [echo, reading(false), reading(true), signIn],
    config: { publicUrl: "http://127.0.0.1:4000", trustedProxies: ["127.0.0.1"], rateLimit },
  });

/** How many of so many requests were let through. */
async function letThrough(ask: () => Promise<{ readonly status: number }>, times: number): Promise<number> {
  let passed = 0;
  for (let n = 0; n < times; n++) passed += (await ask()).status === 429 ? 0 : 1;
  return passed;
}

describe("an account", () => {
  it("has so many points in a minute: a write takes five of a read, a heavy one fifty", async () => {
    const [reads, writes, heavy] = await Promise.all([limited(100), limited(100), limited(100)]);
    const me = aToken(workspaceId);
    expect(await letThrough(() => reads.as(me)("GET", "/api/one"), 103)).toBe(100);
    expect(await letThrough(() => writes.as(me)("POST", "/api/echo/1", { word: "word" }), 23)).toBe(20);
    expect(await letThrough(() => heavy.as(me)("GET", "/api/all"), 5)).toBe(2);
  });

  it("is told when to come back, in the form of every other error", async () => {
    const app = await limited(1);
    const me = app.as(aToken(workspaceId));
    await me("GET", "/api/one");
    const refused = await me("GET", "/api/one");
    expect(refused).toMatchObject({ status: 429, json: { code: "rate_limited", status: 429 } });
    const waitS = Number(refused.headers.get("retry-after"));
    expect(waitS).toBeGreaterThan(0);
    expect(waitS).toBeLessThanOrEqual(60);
  });

  it("uses up nobody else's", async () => {
    const app = await limited(1);
    const [me, other] = [aToken(workspaceId), { ...aToken(workspaceId), id: "0192f000-0000-7000-8000-00000000000b" }];
    expect(await letThrough(() => app.as(me)("GET", "/api/one"), 3)).toBe(1);
    expect(await letThrough(() => app.as(other)("GET", "/api/one"), 3)).toBe(1);
  });

  it("is not counted where the limit is off", async () => {
    const app = await limited(0);
    expect(await letThrough(() => app.as(aToken(workspaceId))("GET", "/api/all"), 70)).toBe(70);
    expect(await letThrough(() => app.anonymous("GET", "/api/one"), 310)).toBe(310);
  });
});

describe("an address", () => {
  const from = (app: TestApp, address: string) => () =>
    app.anonymous("GET", "/api/one", undefined, { "x-forwarded-for": address });

  it("may fail to say who it is 300 times a minute; whoever can say it is not held up", async () => {
    const app = await limited(1_000);
    expect(await letThrough(from(app, "203.0.113.7"), 303)).toBe(300);
    expect((await from(app, "203.0.113.8")()).status).toBe(401);
    const known = app.as(aToken(workspaceId));
    expect((await known("GET", "/api/one", undefined, { "x-forwarded-for": "203.0.113.7" })).status).toBe(200);
  });

  it("may ask to sign in 60 times in a quarter of an hour", async () => {
    const app = await limited(0);
    const ask = (address: string) => app.anonymous("POST", "/api/sign-in", {}, { "x-forwarded-for": address });
    expect(await letThrough(() => ask("203.0.113.9"), 62)).toBe(60);
    expect(await ask("203.0.113.9")).toMatchObject({ status: 429, json: { code: "too_many_sign_ins" } });
    expect((await ask("203.0.113.10")).status).toBe(200);
  });
});
