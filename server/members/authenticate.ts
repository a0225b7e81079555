import type { Request } from "express";
import type { Db } from "../db/database.js";
import type { Authenticate } from "../http/mount-routes.js";
import type { Actor } from "../http/route.js";
import { createShortCache } from "../short-cache.js";
import type { SessionCookie } from "./session-cookie.js";
import { lookAtSession, sessionActor } from "./sessions.js";
import { tokenActor } from "./token-actor.js";

export interface Authenticator {
  readonly authenticate: Authenticate;
  /** The same without keeping a session alive, and as it is now: for what looks again and again while nobody does anything. */
  readonly look: Authenticate;
  /** Forgets what it remembers: after every revocation, sign-out and change of a role. */
  readonly forget: () => void;
}

/** Another process may believe a revoked credential for so long; this one does not at all. */
const KEPT = { keptMs: 5_000, most: 10_000 };

/** An API token as bearer, else the session's cookie. A request that shows a token is judged by it alone. */
export function createAuthenticator(db: Db, cookie: SessionCookie, now: () => number = Date.now): Authenticator {
  const kept = createShortCache<Actor>({ ...KEPT, now });
  let generation = 0;

  async function remembering(credential: string, look: () => Promise<Actor | null>): Promise<Actor | null> {
    const known = kept.get(credential);
    if (known) return known;
    const asked = generation;
    const actor = await look();
    // What was read before a revocation must not be remembered after it.
    if (actor && asked === generation) kept.set(credential, actor);
    return actor;
  }

  return {
    async authenticate(request) {
      const bearer = bearerOf(request);
      if (bearer !== undefined) return remembering(`token ${bearer}`, () => tokenActor(db, bearer));
      const session = cookie.read(request);
      return session === undefined ? null : remembering(`session ${session}`, () => sessionActor(db, session));
    },
    async look(request) {
      const bearer = bearerOf(request);
      if (bearer !== undefined) return tokenActor(db, bearer);
      const session = cookie.read(request);
      return session === undefined ? null : lookAtSession(db, session);
    },
    forget() {
      generation += 1;
      kept.clear();
    },
  };
}

const bearerOf = (request: Request): string | undefined => {
  const header = request.get("authorization");
  return header === undefined ? undefined : (/^Bearer +(\S+)$/i.exec(header)?.[1] ?? "");
};
