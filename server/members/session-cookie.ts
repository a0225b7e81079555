import type { CookieOptions, Request, Response } from "express";
import { SESSION_MS } from "./sessions.js";

/**
 * The session's cookie. Over https its name begins with `__Host-`, which makes browsers refuse one set by a sibling host or over
 * plain http; on loopback, without https, browsers would refuse that name.
 */
export interface SessionCookie {
  read(request: Pick<Request, "headers">): string | undefined;
  set(response: Response, token: string): void;
  clear(response: Response): void;
}

export const createSessionCookie = (publicUrl: string): SessionCookie =>
  createCookie(publicUrl, { name: "lw_session", maxAgeMs: SESSION_MS.total });

/** Of a sign-in by a provider that is under way: it comes back to the browser that began it. */
export const createAttemptCookie = (publicUrl: string, maxAgeMs: number): SessionCookie =>
  createCookie(publicUrl, { name: "lw_sign_in", maxAgeMs });

interface Kind {
  readonly name: string;
  readonly maxAgeMs: number;
}

function createCookie(publicUrl: string, kind: Kind): SessionCookie {
  const secure = publicUrl.startsWith("https:");
  const name = secure ? `__Host-${kind.name}` : kind.name;
  const options: CookieOptions = { httpOnly: true, sameSite: "lax", secure, path: "/" };
  return {
    read: ({ headers }) => valueOf(headers.cookie ?? "", name),
    set: (response, token) => void response.cookie(name, token, { ...options, maxAge: kind.maxAgeMs }),
    clear: (response) => void response.clearCookie(name, options),
  };
}

/** RFC 6265 section 4.2.1: pairs apart by "; ". Our values are base64url, so nothing is encoded. */
function valueOf(header: string, name: string): string | undefined {
  const pairs = header.split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
