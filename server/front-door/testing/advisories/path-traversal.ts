import { expect, it } from "vitest";
import { get, statusOf } from "../../../testing/raw-http.js";
import type { Stage } from "./stage.js";

const UP = [
  "../",
  "..%2f",
  "%2e%2e/",
  "%2e%2e%2f",
  "..%5c",
  "..\\",
  "....//",
  "..%252f",
  "%c0%ae%c0%ae/",
  "..%00/",
  ".;/../",
];
const PREFIXES = ["/", "/assets/", "/api/docs/", "/assets/x/", "//", "/api/audit/export/"];
const WANTED = ["etc/passwd", "package.json", "server/main.ts", ".loopwright/kek"];

export function pathTraversal(stage: Stage): void {
  it("no spelling of a path climbs out of the pages", async () => {
    const { url } = stage.product;
    const targets = PREFIXES.flatMap((prefix) =>
      UP.flatMap((up) => WANTED.map((file) => `${prefix}${up.repeat(file === "package.json" ? 1 : 12)}${file}`)),
    );
    for (const target of [...targets, `/assets/${stage.canaryFile.path}`, `/api/docs/${stage.canaryFile.path}`]) {
      const answer = await get(url, target);
      expect([target, statusOf(answer)]).toEqual([target, expect.toBeOneOf([200, 400, 401, 403, 404, 405])]);
      // 200 is the one page of the editor, whatever it was asked by.
      if (statusOf(answer) === 200) expect(answer).toContain('<div id="root">');
      expect(answer).not.toMatch(/root:.*:0:0|"devDependencies"|composition root/);
      expect(answer).not.toContain(stage.canaryFile.content);
    }
  });

  it("files with a dot before their name, and those of the server beside the pages, are not served", async () => {
    for (const target of ["/.env", "/.git/config", "/assets/.env", "/server/main.js", "/.npmrc"]) {
      const answer = await get(stage.product.url, target);
      expect([target, /DATABASE_URL|\[core\]|createRuntime|registry=/.test(answer)]).toEqual([target, false]);
    }
  });

  it("logs, events and runs are rows with ids, which no path can stand for", async () => {
    for (const id of ["..%2f..%2fetc%2fpasswd", "..%5cx", "%2fetc%2fpasswd", "null", "0", "-1", "*"])
      for (const place of ["flows", "runs", "sources", "quarantine"]) {
        const path = `/api/${place}/${id}`;
        expect([path, (await stage.api("GET", path)).status]).toEqual([path, expect.toBeOneOf([400, 404, 405])]);
      }
  });
}
