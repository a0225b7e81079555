import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { openApiDocument } from "./openapi.js";
import { defineRoute, type Route } from "./route.js";

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Loopwright API</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;
const start = `SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null });\n`;

const files = {
  "swagger-ui.css": "text/css",
  "swagger-ui-bundle.js": "text/javascript",
  "start.js": "text/javascript",
};
const fileSchema = z.object({ file: z.literal(["swagger-ui.css", "swagger-ui-bundle.js", "start.js"]) });

/** The API described and readable, from our own server alone. `routes` is read when asked, so that these are in it too. */
export function apiDocRoutes(routes: readonly Route[], version: string): Route[] {
  let document: Readonly<Record<string, unknown>> | null = null;
  const distribution = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  return [
    defineRoute({
      method: "get",
      path: "/api/openapi.json",
      access: "public",
      summary: "This description",
      reply: z.record(z.string(), z.unknown()),
      handle: () => (document ??= openApiDocument(routes, version)),
    }),
    defineRoute({
      method: "get",
      path: "/api/docs",
      access: "public",
      summary: "This description, for people",
      reply: "stream",
      handle: ({ response }) => void response.type("html").send(page),
    }),
    defineRoute({
      method: "get",
      path: "/api/docs/:file",
      access: "public",
      summary: "Parts of that page",
      params: fileSchema,
      reply: "stream",
      handle: async ({ params: { file }, response }) => {
        const content = file === "start.js" ? start : await readFile(join(distribution, file));
        response.set("cache-control", "public, max-age=3600").type(files[file]).send(content);
      },
    }),
  ];
}
