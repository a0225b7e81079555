import type { Request } from "express";
import { forbidden } from "../errors.js";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A write that leans on the session's cookie must come from our own pages: browsers say so in Sec-Fetch-Site, older ones (and all,
 * where we are reached by plain http) in Origin. A request that says neither did not come from a page, and has no business with a cookie.
 */
export function refuseForeignOrigin(request: Request, publicUrl: string): void {
  if (SAFE.has(request.method)) return;
  const site = request.get("sec-fetch-site");
  if (site === undefined ? isOwn(request, publicUrl) : site === "same-origin") return;
  throw forbidden("This did not come from Loopwright's own pages. Scripts authenticate with an API token instead.");
}

function isOwn(request: Request, publicUrl: string): boolean {
  const origin = request.get("origin");
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || new URL(origin).host === request.get("host");
}
