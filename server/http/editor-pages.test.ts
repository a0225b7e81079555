import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp, type TestAppOptions } from "../testing/http.js";

const apps: TestApp[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});
async function serve(options: TestAppOptions): Promise<TestApp> {
  const app = await startTestApp(options);
  apps.push(app);
  return app;
}

describe("the pages", () => {
  let directory = "";
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "loopwright-pages-"));
    mkdirSync(join(directory, "assets"));
    writeFileSync(join(directory, "index.html"), '<meta name="csp-nonce" content="__CSP_NONCE__">');
    writeFileSync(join(directory, "assets", "main-abc.js"), "export {};");
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  const pages = (publicUrl = "http://127.0.0.1:4000") =>
    serve({ routes: [], staticDir: directory, config: { publicUrl, trustedProxies: [], rateLimit: 0 } });

  it("carry the nonce that their policy names, another each time", async () => {
    const app = await pages();
    const [one, two] = [await app.anonymous("GET", "/"), await app.anonymous("GET", "/flows/123?a=b")];
    const nonce = /content="(.+)"/.exec(one.text)?.[1] ?? "";
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(one.headers.get("content-security-policy")).toContain(`style-src-elem 'self' 'nonce-${nonce}'`);
    expect(two.text).not.toContain(nonce);
  });

  it("allow no inline script and no framing", async () => {
    const policy = (await (await pages()).anonymous("GET", "/")).headers.get("content-security-policy") ?? "";
    expect(policy.split(";")).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]),
    );
    expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe");
  });

  it("keep their assets for ever, and answer a missing one with 404", async () => {
    const app = await pages();
    const asset = await app.anonymous("GET", "/assets/main-abc.js");
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect((await app.anonymous("GET", "/assets/old-def.js")).status).toBe(404);
  });

  it("ask for https only where they are reached by it", async () => {
    expect((await (await pages()).anonymous("GET", "/")).headers.has("strict-transport-security")).toBe(false);
    const secure = await pages("https://loop.example");
    expect((await secure.anonymous("GET", "/")).headers.has("strict-transport-security")).toBe(true);
  });
});
