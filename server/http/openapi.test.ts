import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineRoute } from "./route.js";
import { echo, useTestApps } from "./testing/echo.js";

const serve = useTestApps();

describe("the description of the API", () => {
  it("lists every route with its parameters, body, access and answers", async () => {
    const app = await serve({ routes: [echo] });
    const { json } = await app.anonymous("GET", "/api/openapi.json");
    expect(json).toMatchObject({
      openapi: "3.1.0",
      paths: {
        "/api/echo/{n}": {
          post: {
            operationId: "postEchoN",
            "x-access": "flows:edit",
            parameters: [{ name: "n", in: "path", required: true }],
            requestBody: { content: { "application/json": { schema: { required: ["word"] } } } },
            responses: {
              201: { description: "Done" },
              default: { description: expect.stringContaining("wrong") as string },
            },
          },
        },
        "/api/openapi.json": { get: { security: [] } },
      },
    });
  });

  it("resolves every reference, of recursive schemas too", async () => {
    interface Tree {
      readonly children: Tree[];
    }
    const tree: z.ZodType<Tree> = z.lazy(() => z.object({ children: z.array(tree) }));
    const route = defineRoute({
      method: "get",
      path: "/api/tree",
      access: "public",
      summary: "Tree",
      reply: tree,
      handle: () => ({ children: [] }),
    });
    const app = await serve({ routes: [route] });
    const { json, text } = await app.anonymous("GET", "/api/openapi.json");
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(1);
    expect((json as { components: { schemas: object } }).components.schemas).toEqual(
      expect.objectContaining(Object.fromEntries(references.map((name) => [name, expect.anything()]))),
    );
    expect(text).not.toContain('"#"');
    expect(text).not.toContain("$defs");
  });

  it("can be read without anything from elsewhere", async () => {
    const app = await serve({ routes: [] });
    const docs = await app.anonymous("GET", "/api/docs");
    const parts = [...docs.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? "");
    expect(parts).toHaveLength(3);
    for (const path of parts) expect((await app.anonymous("GET", path)).status).toBe(200);
    expect(docs.text).not.toMatch(/<script>|<style|https?:/);
  });
});
