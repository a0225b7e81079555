import { afterEach } from "vitest";
import { z } from "zod";
import { startTestApp, type TestApp, type TestAppOptions } from "../../testing/http.js";
import { defineRoute } from "../route.js";

/** Starts apps for the tests of one file and closes them after each. */
export function useTestApps(): (options: TestAppOptions) => Promise<TestApp> {
  const apps: TestApp[] = [];
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
  });
  return async (options) => {
    const app = await startTestApp(options);
    apps.push(app);
    return app;
  };
}

/** A route that says what it was told. */
export const echo = defineRoute({
  method: "post",
  path: "/api/echo/:n",
  access: "flows:edit",
  summary: "Echo",
  params: z.object({ n: z.coerce.number() }),
  body: z.object({ word: z.string().min(2), deep: z.unknown().optional() }),
  reply: z.object({ n: z.number(), word: z.string() }),
  status: 201,
  handle: ({ params, body }) => ({ n: params.n, word: body.word }),
});
