import { expect, it } from "vitest";
import { get, raw, statusOf } from "../../../testing/raw-http.js";
import type { Stage } from "./stage.js";

const OPEN = ["/api/health", "/api/docs", "/api/openapi.json", "/sign-in", "/metrics", "/hooks", "/configs"];

/** Spellings that end, begin or seem to be an address that is open. */
const around = (path: string): string[] => [
  ...OPEN.flatMap((open) => [
    `${path}?x=${open}`,
    `${path};${open}`,
    `${path}#${open}`,
    `${open}/..${path}`,
    `${open}/%2e%2e/%2e%2e${path}`,
    `${open}//..${path}`,
    `${path}${open}`,
    `${path}/..;${open}`,
    `http://x${open}@127.0.0.1${path}`,
  ]),
  `${path}/`,
  `/${path}`,
  `/.${path}`,
  `${path}/.`,
  `${path}%00`,
  `${path}%20`,
  `${path}.json`,
  `${path}.css`,
  path.toUpperCase(),
  path.replace("/api", "/%61pi"),
  path.replace("/api", "/api%2f."),
];

const HEADERS = [
  "X-Original-URL: /api/health",
  "X-Rewrite-URL: /api/health",
  "X-Forwarded-For: 127.0.0.1",
  "X-Forwarded-Host: 127.0.0.1",
  "X-Real-IP: 127.0.0.1",
  "X-HTTP-Method-Override: GET",
  "X-Actor: admin",
  "X-Test-Actor: {}",
  "Authorization: Bearer undefined",
  "Authorization: Bearer null",
  "Authorization: Basic YWRtaW46YWRtaW4=",
  "Cookie: lw_session=undefined",
  "Cookie: lw_session=; __Host-lw_session=x",
  "Sec-Fetch-Site: same-origin",
];

export function authByString(stage: Stage): void {
  /** Whatever is answered, it is not what only members may read. */
  function expectShut(what: string, answer: string): void {
    const isPage = answer.includes('<div id="root">') || answer.includes("Loopwright API");
    const isOpenAnswer = /"status":"(ok|degraded|down)"|"openapi":/.test(answer);
    const held = statusOf(answer) >= 300 || isPage || isOpenAnswer || answer === "";
    expect([what, held, /"items":|"permissions":|"draft":/.test(answer)]).toEqual([what, true, false]);
  }

  it("nobody gets in by an address that looks like an open one", async () => {
    for (const path of ["/api/flows", "/api/connections", "/api/me", "/api/audit/export"])
      for (const target of around(path)) expectShut(target, await get(stage.product.url, target));
  });

  it("nobody gets in by a header that names another address, another method or another machine", async () => {
    for (const header of HEADERS) {
      expectShut(header, await get(stage.product.url, "/api/flows", header));
      const head = `POST /api/tokens HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 30\r\n${header}`;
      const answer = await raw(stage.product.url, head, '{"name":"a","role":"admin"   }');
      expect([header, statusOf(answer)]).toEqual([header, 401]);
    }
  });

  it("a method that nobody declared is refused before anybody is asked", async () => {
    for (const method of ["TRACE", "OPTIONS", "PROPFIND", "PATCH"]) {
      const answer = await raw(stage.product.url, `${method} /api/flows HTTP/1.1`);
      expect([method, statusOf(answer)]).toEqual([method, expect.toBeOneOf([405, 404, 400])]);
    }
    const head = await raw(stage.product.url, "HEAD /api/flows HTTP/1.1");
    expect(statusOf(head)).toBe(401);
  });
}
