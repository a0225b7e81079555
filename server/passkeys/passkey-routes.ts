import type { Request } from "express";
import { z } from "zod";
import { notFound } from "../errors.js";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import { refuseForeignOrigin } from "../http/same-origin.js";
import { selfOf } from "../members/account-routes.js";
import type { SessionCookie } from "../members/session-cookie.js";
import * as api from "./passkey-api.js";
import { createPasskeyService, type PasskeyDependencies } from "./passkey-service.js";
import { beginSignIn, signInByPasskey, type PasskeySignIn } from "./passkey-sign-in.js";
import { relyingPartyOf } from "../members/relying-party.js";

export interface PasskeyRouteDependencies extends Omit<PasskeyDependencies, "party"> {
  readonly cookie: SessionCookie;
  readonly publicUrl: string;
}

/** Passkeys: signing in by one, and a person's own. */
export function passkeyRoutes(dependencies: PasskeyRouteDependencies): Route[] {
  const party = relyingPartyOf(dependencies.publicUrl);
  const own = { ...dependencies, party };
  return [...signInRoutes(own), ...ownRoutes(own), ...oneRoutes(own)];
}

type Own = PasskeyRouteDependencies & PasskeyDependencies;

function signInRoutes({ db, cookie, publicUrl, party }: Own): Route[] {
  /** Nobody is signed in from elsewhere as somebody they did not choose. */
  const door = (request: Request): PasskeySignIn => {
    refuseForeignOrigin(request, publicUrl);
    if (!party) throw notFound("way to sign in");
    return { db, party };
  };
  return [
    defineRoute({
      method: "post",
      path: "/api/sign-in/passkey/options",
      access: "public",
      summary: "What a browser asks a passkey for; good once, for five minutes",
      reply: api.ceremonyOptionsSchema,
      handle: async ({ request }) => ({ ...(await beginSignIn(door(request))) }),
    }),
    defineRoute({
      method: "post",
      path: "/api/sign-in/passkey",
      access: "public",
      summary: "Sign in by a passkey; no code is asked for besides",
      body: api.assertionSchema,
      reply: emptySchema,
      handle: async ({ body, request, response }) => {
        const shown = { assertion: body, address: request.ip ?? "" };
        cookie.set(response, await signInByPasskey(door(request), shown));
        return {};
      },
    }),
  ];
}

function ownRoutes({ cookie, party, ...rest }: Own): Route[] {
  const service = createPasskeyService({ ...rest, party });
  return [
    defineRoute({
      method: "get",
      path: "/api/account/passkeys",
      access: "member",
      summary: "Your passkeys, and the host that they are for",
      reply: api.passkeyListSchema,
      handle: async (input) => ({
        items: await service.list(selfOf(cookie, input).actor),
        host: party?.id ?? null,
      }),
    }),
    defineRoute({
      method: "post",
      path: "/api/account/passkeys/options",
      access: "member",
      summary: "What a browser makes a passkey from; your password is asked for, unless a link began the session",
      body: api.proofSchema,
      reply: api.ceremonyOptionsSchema,
      handle: async (input) => ({ ...(await service.begin(selfOf(cookie, input), input.body.current)) }),
    }),
    defineRoute({
      method: "post",
      path: "/api/account/passkeys",
      access: "member",
      summary: "A passkey that your browser just made",
      body: api.addPasskeySchema,
      reply: api.passkeySchema,
      status: 201,
      handle: (input) => service.add(selfOf(cookie, input), input.body),
    }),
  ];
}

const params = z.object({ passkeyId: uuidSchema });

function oneRoutes({ cookie, ...rest }: Own): Route[] {
  const service = createPasskeyService(rest);
  return [
    defineRoute({
      method: "patch",
      path: "/api/account/passkeys/:passkeyId",
      access: "member",
      summary: "Another name for one of your passkeys",
      params,
      body: api.renamePasskeySchema,
      reply: api.passkeySchema,
      handle: (input) => service.rename(selfOf(cookie, input).actor, input.params.passkeyId, input.body.name),
    }),
    defineRoute({
      method: "delete",
      path: "/api/account/passkeys/:passkeyId",
      access: "member",
      summary: "Remove one of your passkeys; your password is asked for, unless a link began the session",
      params,
      body: api.proofSchema.default({}),
      reply: emptySchema,
      handle: async (input) => {
        await service.remove(selfOf(cookie, input), { id: input.params.passkeyId, current: input.body.current });
        return {};
      },
    }),
  ];
}
