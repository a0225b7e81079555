import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createSessionCookie } from "../members/session-cookie.js";
import { aToken } from "../testing/http.js";
import { defineRoute } from "./route.js";
import { echo, useTestApps } from "./testing/echo.js";
import { grade } from "./testing/grade.js";

const serve = useTestApps();

const letIn = (publicUrl: string) =>
  defineRoute({
    method: "get",
    path: "/sign-in/done",
    access: "public",
    summary: "Gives a cookie",
    reply: z.object({}),
    handle: ({ response }) => {
      createSessionCookie(publicUrl).set(response, "token");
      return {};
    },
  });
const hook = defineRoute({
  method: "post",
  path: "/hooks/:key",
  access: "signed",
  summary: "Takes what machines send",
  reply: z.object({}),
  handle: () => ({}),
});
const broken = defineRoute({
  method: "get",
  path: "/api/broken",
  access: "public",
  summary: "Fails",
  reply: z.object({}),
  handle: () => Promise.reject(new Error("a mistake")),
});

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "graded-"));
  mkdirSync(join(directory, "assets"));
  writeFileSync(join(directory, "index.html"), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  writeFileSync(join(directory, "assets", "main-abc.js"), "export {};");
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe.each(["https://loop.example", "http://127.0.0.1:4000"])("the headers of every answer at %s", (publicUrl) => {
  it.each([
    ["a page", "GET", "/flows", 200],
    ["an asset", "GET", "/assets/main-abc.js", 200],
    ["an asset that is gone", "GET", "/assets/old.js", 404],
    ["a cookie", "GET", "/sign-in/done", 200],
    ["what machines send", "POST", "/hooks/x", 200],
    ["the API's", "POST", "/api/echo/1", 201],
    ["what is wrong", "POST", "/api/echo/x", 400],
    ["no such method", "DELETE", "/api/echo/1", 405],
    ["a mistake of ours", "GET", "/api/broken", 500],
    ["no such address", "GET", "/api/nothing", 404],
    ["the API's document", "GET", "/api/openapi.json", 200],
    ["its pages", "GET", "/api/docs", 200],
  ])("lose no point: %s", async (_what, method, path, status) => {
    const app = await serve({
      routes: [echo, letIn(publicUrl), hook, broken],
      staticDir: directory,
      config: { publicUrl, trustedProxies: [], rateLimit: 0 },
    });
    const me = app.as(aToken("0192f000-0000-7000-8000-00000000000a"));
    const answer = await me(method, path, method === "POST" ? { word: "word" } : undefined);
    expect(answer.status).toBe(status);
    expect(grade(answer, publicUrl.startsWith("https:"))).toEqual({ points: 100, why: [] });
  });

  it("would lose all of them without a single one", () => {
    const bare = new Headers({ server: "x", "access-control-allow-origin": "*", "set-cookie": "a=b" });
    expect(grade({ headers: bare }, publicUrl.startsWith("https:")).points).toBeLessThan(0);
  });
});
