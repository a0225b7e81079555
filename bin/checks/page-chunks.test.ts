import { expect, test } from "vitest";
import { beyond, chunksOf } from "./page-chunks.js";

const manifest = {
  "index.html": { file: "index.js", imports: ["_shared.js"] },
  "_shared.js": { file: "shared.js", imports: ["_ring.js"] },
  "_ring.js": { file: "ring.js", imports: ["_shared.js"] },
  "page.tsx": { file: "page.js", imports: ["_shared.js", "_own.js"] },
  "_own.js": { file: "own.js" },
  "look.css": { file: "look.css" },
};

test("a page brings what it imports, each once, and its script only", () => {
  expect(chunksOf(manifest, ["index.html", "look.css"])).toEqual(new Set(["index.js", "shared.js", "ring.js"]));
});

test("beyond another page is what that one did not bring", () => {
  const more = beyond(chunksOf(manifest, ["page.tsx"]), chunksOf(manifest, ["index.html"]));
  expect([...more]).toEqual(["page.js", "own.js"]);
});

test("a page that is not built is named", () => {
  expect(() => chunksOf(manifest, ["gone.tsx"])).toThrow("no gone.tsx");
});
