import type { Request } from "express";
import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import type { SessionCookie } from "../members/session-cookie.js";
import { returnToSchema } from "./return-to.js";
import { orSayWhy } from "./say-why.js";

/** What a browser keeps while somebody signs in, and after. */
export interface BrowserKeeps {
  readonly cookie: SessionCookie;
  /** Holds the attempt's token. */
  readonly attemptCookie: SessionCookie;
  /** Who they were is not to be believed any more. */
  readonly forget: () => void;
}

interface Begin {
  /** Names `:workspaceId`. */
  readonly path: string;
  readonly summary: string;
  readonly begin: (workspaceId: string, returnTo: string) => Promise<{ readonly url: URL; readonly token: string }>;
}

/** Where the way to a workspace's provider begins. */
export const beginRoute = ({ path, summary, begin }: Begin, { attemptCookie }: BrowserKeeps): Route =>
  defineRoute({
    ...{ method: "get", path, summary, access: "public", reply: "stream" },
    params: z.object({ workspaceId: uuidSchema }),
    query: z.object({ to: returnToSchema.optional() }),
    handle: ({ params, query, request, response }) =>
      orSayWhy({ request, response }, async () => {
        const { url, token } = await begin(params.workspaceId, query.to ?? "/");
        attemptCookie.set(response, token);
        response.redirect(303, url.href);
      }),
  });

interface Finish {
  readonly path: string;
  readonly summary: string;
  readonly finish: (
    token: string | null,
    request: Request,
  ) => Promise<{ readonly session: string; readonly returnTo: string }>;
}

/** Where the browser that began an attempt comes back to, and is signed in. */
export const finishRoute = (
  { path, summary, finish }: Finish,
  { cookie, attemptCookie, forget }: BrowserKeeps,
): Route =>
  defineRoute({
    ...{ method: "get", path, summary, access: "public", reply: "stream" },
    handle: ({ request, response }) =>
      orSayWhy({ request, response }, async () => {
        const { session, returnTo } = await finish(attemptCookie.read(request) ?? null, request);
        // A first sign-in ends what was open before.
        forget();
        attemptCookie.clear(response);
        cookie.set(response, session);
        response.redirect(303, returnTo);
      }),
  });
