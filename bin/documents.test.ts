import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = ["server", "editor", "workflows", "integrations", "bin", "deploy", "docs"];

const markdownIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));

const documents = [
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...folders.flatMap(markdownIn),
];

const textOf = (document: string): string => readFileSync(join(root, document), "utf8");

/** `server/x.ts` or `workflows/flow/`: a path from the top, as documents quote it; with a placeholder or a glob it is a pattern. */
const QUOTED_PATH = new RegExp(`\`((?:${folders.join("|")})/[^\`\\s<>*{}…:]*)\``, "g");
const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g;

/** Written by a command, not kept. */
const MADE = new Set([join(root, "deploy/secrets/loopwright.env")]);

test.each(documents)("every path and link that %s names is there", (document) => {
  const text = textOf(document);
  const quoted = [...text.matchAll(QUOTED_PATH)].map(([, path = ""]) => join(root, path));
  const linked = [...text.matchAll(LINK)].map(([, path = ""]) => join(root, dirname(document), path));
  expect([...quoted, ...linked].filter((path) => !MADE.has(path) && !existsSync(path))).toEqual([]);
});
