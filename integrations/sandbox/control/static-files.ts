import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { SandboxReply } from "../system.js";

/** Beside the source; compiled code finds the same folder from within dist/. */
const PAGE_FOLDERS = ["../page/", "../../../../integrations/sandbox/page/"].map(
  (path) => new URL(path, import.meta.url),
);

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

/** Names without folders only, so nothing outside the page's folder can be asked for. */
export const pageFile = async (path: string): Promise<SandboxReply | undefined> => {
  const name = path === "/" ? "index.html" : path.slice(1);
  const match = /^[a-z-]+\.(html|js|css|svg)$/.exec(name);
  const folder = PAGE_FOLDERS.find((candidate) => existsSync(fileURLToPath(candidate)));
  if (match?.[1] === undefined || folder === undefined) return undefined;
  const file = fileURLToPath(new URL(name, folder));
  if (!existsSync(file)) return undefined;
  return {
    status: 200,
    headers: { ...HEADERS, "content-type": TYPES[match[1]] ?? "text/plain" },
    body: await readFile(file),
  };
};
