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

export function createSessionCookie(publicUrl: string): SessionCookie {
  const secure = publicUrl.startsWith("https:");
  const name = secure ? "__Host-lw_session" : "lw_session";
  const options: CookieOptions = { httpOnly: true, sameSite: "lax", secure, path: "/" };
  return {
    read: ({ headers }) => valueOf(headers.cookie ?? "", name),
    set: (response, token) => void response.cookie(name, token, { ...options, maxAge: SESSION_MS.total }),
    clear: (response) => void response.clearCookie(name, options),
  };
}

/** RFC 6265 section 4.2.1: pairs apart by "; ". Our values are base64url, so nothing is encoded. */
function valueOf(header: string, name: string): string | undefined {
  const pairs = header.split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
