import type { Request, Response } from "express";
import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { defineRoute, type Route } from "../http/route.js";
import { refuseForeignOrigin } from "../http/same-origin.js";
import type { Authenticator } from "./authenticate.js";
import type { SessionCookie } from "./session-cookie.js";
import { confirmPage, signInLanguages, signInPage } from "./sign-in-page.js";
import { redeemSignInLink, whomLinkSignsIn } from "./sign-in.js";

interface SignInDependencies {
  readonly db: Db;
  readonly authenticator: Authenticator;
  readonly cookie: SessionCookie;
  readonly publicUrl: string;
}

interface Visit {
  readonly request: Request;
  readonly response: Response;
  readonly token: string | undefined;
}

const query = z.object({ token: z.string().max(200).optional() });

export const signInRoutes = (own: SignInDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/sign-in",
    access: "public",
    summary: "Use a one-time sign-in link, or be asked first where it may be somebody else's wish",
    query,
    reply: "stream",
    handle: ({ query: { token }, request, response }) => open(own, { request, response, token }),
  }),
  defineRoute({
    method: "post",
    path: "/sign-in/confirm",
    access: "public",
    summary: "Use a one-time sign-in link, as its page asked",
    query,
    reply: "stream",
    handle: ({ query: { token }, request, response }) => {
      refuseForeignOrigin(request, own.publicUrl);
      return signIn(own, { request, response, token });
    },
  }),
];

async function open(own: SignInDependencies, visit: Visit): Promise<void> {
  const { request, response, token } = visit;
  response.set("cache-control", "no-store");
  if (isOnlyALook(request)) return void response.end();
  if (token === undefined || !(await mustAsk(own, request, token))) return signIn(own, visit);
  // The form's post says where it comes from, also to a browser that knows no other way of saying so.
  response.set("referrer-policy", "same-origin");
  response.type("html").send(confirmPage({ language: languageOf(request), token, locals: response.locals }));
}

/** A page elsewhere, or a message, must not put somebody into an account that is not theirs: what they do next would be done in it. */
async function mustAsk({ db, authenticator }: SignInDependencies, request: Request, token: string): Promise<boolean> {
  const memberId = await whomLinkSignsIn(db, token);
  if (memberId === null) return false;
  const actor = await authenticator.authenticate(request);
  return actor ? actor.id !== memberId : request.get("sec-fetch-site") === "cross-site";
}

async function signIn(own: SignInDependencies, { request, response, token }: Visit): Promise<void> {
  response.set("cache-control", "no-store");
  const session = token && (await transact(own.db, (tx) => redeemSignInLink(tx, token)));
  if (session) own.cookie.set(response, session);
  if (session || (await own.authenticator.authenticate(request))) {
    response.redirect(303, "/");
    return;
  }
  const page = signInPage({
    language: languageOf(request),
    reason: token ? "used" : "none",
    locals: response.locals,
  });
  response
    .status(token ? 410 : 401)
    .type("html")
    .send(page);
}

const languageOf = (request: Request): string | false => request.acceptsLanguages(signInLanguages);

/** Mail and chat programs ask for a link's head, and browsers fetch ahead: that must not use it up. */
const isOnlyALook = (request: Request): boolean =>
  request.method === "HEAD" || (request.get("sec-purpose") ?? "").includes("prefetch");
