import type { Request } from "express";
import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import { auditBy } from "../audit/audit.js";
import type { Tx } from "../db/database.js";
import { notFound, sessionsOnly } from "../errors.js";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Actor, type Route } from "../http/route.js";
import { refuseForeignOrigin } from "../http/same-origin.js";
import * as api from "./account-api.js";
import { createAccountService, type AccountDependencies, type AccountService } from "./account-service.js";
import type { Authenticator } from "./authenticate.js";
import { signInByPassword } from "./password-sign-in.js";
import { hashToken } from "./random-token.js";
import type { SessionCookie } from "./session-cookie.js";
import { endSessions, listSessions } from "./sessions.js";

export interface AccountRouteDependencies extends AccountDependencies {
  readonly authenticator: Authenticator;
  readonly cookie: SessionCookie;
  readonly publicUrl: string;
}

/** What a person sees and changes of themselves, by their own session. */
export function accountRoutes(dependencies: AccountRouteDependencies): Route[] {
  const service = createAccountService(dependencies);
  return [
    signInRoute(dependencies),
    ...detailRoutes(dependencies, service),
    ...secondFactorRoutes(dependencies, service),
    ...sessionRoutes(dependencies),
  ];
}

/** Tokens are programs: they have no password, and no sessions. */
export function selfOf(cookie: SessionCookie, { actor, request }: { actor: Actor; request: Request }) {
  if (actor.kind !== "member") throw sessionsOnly();
  // It is by this that they were believed.
  return { actor, session: cookie.read(request) ?? "" };
}

function signInRoute(dependencies: AccountRouteDependencies): Route {
  const { cookie, publicUrl } = dependencies;
  return defineRoute({
    method: "post",
    path: "/api/sign-in",
    access: "public",
    summary: "Sign in by address and password, and by a code where there is a second factor",
    body: api.signInSchema,
    reply: emptySchema,
    handle: async ({ body, request, response }) => {
      // Nobody is signed in from elsewhere as somebody they did not choose.
      refuseForeignOrigin(request, publicUrl);
      const session = await signInByPassword(dependencies, { ...body, address: request.ip ?? "" });
      cookie.set(response, session);
      return {};
    },
  });
}

function detailRoutes({ cookie, authenticator }: AccountRouteDependencies, service: AccountService): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/account",
      access: "member",
      summary: "Your own name, address and ways to sign in",
      reply: api.accountSchema,
      handle: (input) => service.find(selfOf(cookie, input)),
    }),
    defineRoute({
      method: "patch",
      path: "/api/account",
      access: "member",
      summary: "Another name or address of your own",
      body: api.changeAccountSchema,
      reply: api.accountSchema,
      handle: (input) => service.change(selfOf(cookie, input), input.body),
    }),
    defineRoute({
      method: "put",
      path: "/api/account/password",
      access: "member",
      summary: "A password of your own; your other sessions end",
      body: api.setPasswordSchema,
      reply: api.accountSchema,
      handle: async (input) => {
        const account = await service.setPassword(selfOf(cookie, input), input.body);
        authenticator.forget();
        return account;
      },
    }),
  ];
}

function secondFactorRoutes({ cookie }: AccountRouteDependencies, service: AccountService): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/api/account/second-factor",
      access: "member",
      summary: "A secret for your authenticator app; it counts once a code of it was confirmed",
      reply: api.secondFactorSchema,
      handle: (input) => service.beginSecondFactor(selfOf(cookie, input)),
    }),
    defineRoute({
      method: "post",
      path: "/api/account/second-factor/confirm",
      access: "member",
      summary: "From now on you sign in with a code, too",
      body: api.codeSchema,
      reply: api.accountSchema,
      handle: (input) => service.confirmSecondFactor(selfOf(cookie, input), input.body.code),
    }),
    defineRoute({
      method: "post",
      path: "/api/account/second-factor/remove",
      access: "member",
      summary: "Sign in without a code again; one more is asked for, unless a link began the session",
      body: api.removeSecondFactorSchema,
      reply: api.accountSchema,
      handle: (input) => service.removeSecondFactor(selfOf(cookie, input), input.body.code),
    }),
  ];
}

function sessionRoutes({ db, cookie, authenticator }: AccountRouteDependencies): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/account/sessions",
      access: "member",
      summary: "Where you are signed in",
      reply: api.sessionListSchema,
      handle: async (input) => {
        const { actor, session } = selfOf(cookie, input);
        const current = hashToken(session);
        return { items: (await listSessions(db, actor.id)).map((row) => sessionView(row, current)) };
      },
    }),
    defineRoute({
      method: "delete",
      path: "/api/account/sessions/:sessionId",
      access: "member",
      summary: "End one of your sessions",
      params: z.object({ sessionId: uuidSchema }),
      reply: emptySchema,
      handle: async (input) => {
        const { actor } = selfOf(cookie, input);
        const ended = await transact(db, (tx) => end(tx, actor, { id: input.params.sessionId }));
        if (ended === 0) throw notFound("session");
        authenticator.forget();
        return {};
      },
    }),
    defineRoute({
      method: "delete",
      path: "/api/account/sessions",
      access: "member",
      summary: "End all of your sessions but this one",
      reply: emptySchema,
      handle: async (input) => {
        const { actor, session } = selfOf(cookie, input);
        await transact(db, (tx) => end(tx, actor, { except: session }));
        authenticator.forget();
        return {};
      },
    }),
  ];
}

async function end(tx: Tx, actor: Actor, which: { readonly id?: string; readonly except?: string | undefined }) {
  const ended = await endSessions(tx, { memberId: actor.id, ...which });
  if (ended.length > 0)
    await auditBy(tx, actor, {
      action: "session.ended",
      target: { kind: "member", id: actor.id },
      data: { sessions: ended.length },
    });
  return ended.length;
}

type SessionRow = Awaited<ReturnType<typeof listSessions>>[number];

const sessionView = (
  { id, method, created_at, last_seen_at, expires_at, token_hash }: SessionRow,
  current: Buffer,
) => ({
  id,
  method,
  createdAt: created_at.toISOString(),
  lastSeenAt: last_seen_at.toISOString(),
  expiresAt: expires_at.toISOString(),
  current: token_hash.equals(current),
});
