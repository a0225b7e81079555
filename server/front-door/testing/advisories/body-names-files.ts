import { expect, it } from "vitest";
import { deliver, demoSource } from "../clients.js";
import type { Stage } from "./stage.js";

const forged = (path: string) => ({
  files: [{ filepath: path, path, originalFilename: "x.txt", mimetype: "text/plain" }],
  file: { filepath: path },
  filepath: path,
  data: { binary: { data: { filePath: path, directory: path } } },
});

/** Types that a body parser could take for files or forms, JSON inside or not. */
const TYPES = [
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  "text/plain",
  "text/json",
  "application/json; charset=utf-16",
  "application/json, multipart/form-data",
  "application/vnd.api+json",
  "application/octet-stream",
];

export function bodyNamesFiles(stage: Stage): void {
  const { path, content } = stage.canaryFile;

  it("a body that names files of the server is data or refused: no answer holds a file", async () => {
    const body = forged(path);
    const answers = [
      await stage.api("POST", "/api/flows", { name: "x", draft: null, ...body }),
      await stage.api("POST", "/api/connections", { connector: "http", name: "x", config: body, secret: {}, ...body }),
      await stage.api("POST", "/api/sources", { name: "x", kind: "generic", settings: body, ...body }),
      await stage.api("PUT", "/api/settings", body),
      await deliver(stage.product, await demoSource(stage.product), { responseId: "forged", score: 9, ...body }),
    ];
    for (const { status, text } of answers) {
      expect(status).toBeLessThan(500);
      expect(text).not.toContain(content);
    }
    for (const page of ["/api/feedback", "/api/quarantine", "/api/sources", "/api/flows", "/api/runs"])
      expect((await stage.api("GET", page)).text).not.toContain(content);
  });

  it("only application/json is read where JSON is expected, whatever stands in the body", async () => {
    const count = async () => ((await stage.api("GET", "/api/flows")).json as { items: object[] }).items.length;
    const before = await count();
    for (const type of TYPES) {
      const answer = await stage.api("POST", "/api/flows", { name: "Confused" }, { "content-type": type });
      expect([type, answer.status]).toEqual([type, 415]);
    }
    expect(await count()).toBe(before);
  });
}
