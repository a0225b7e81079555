import { readFile } from "node:fs/promises";
import { join } from "node:path";
import express, { type RequestHandler, type Router } from "express";
import { DomainError } from "../errors.js";
import { NONCE_PLACEHOLDER, nonceOf } from "./security-headers.js";

/** These never answer with the editor: a missing one is missing. */
const NOT_PAGES = ["/api", "/hooks", "/slack", "/metrics", "/assets"];

/** The built editor: hashed assets may be kept for ever; every other address is a page of the one-page application. */
export function editorPages(directory: string): Router {
  const router = express.Router();
  const year = { immutable: true, maxAge: "1y", index: false, fallthrough: true } as const;
  router.use("/assets", express.static(join(directory, "assets"), year));
  router.use(express.static(directory, { index: false, maxAge: "1h" }));
  router.get("/{*path}", page(join(directory, "index.html")));
  return router;
}

function page(file: string): RequestHandler {
  let html: string | null = null;
  return async (request, response, next) => {
    if (!isPage(request.path)) {
      next();
      return;
    }
    html ??= await readHtml(file);
    response.set("cache-control", "no-store");
    response.type("html").send(html.replaceAll(NONCE_PLACEHOLDER, nonceOf(response.locals)));
  };
}

const isPage = (path: string): boolean => !NOT_PAGES.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));

async function readHtml(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const message = "The pages have not been built. Run `npm start`, which builds them.";
    throw new DomainError({ status: 503, code: "editor_missing", message, cause });
  }
}
