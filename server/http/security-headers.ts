import { randomBytes } from "node:crypto";
import type { RequestHandler } from "express";
import helmet from "helmet";

/** Stands in index.html; each answer gets a nonce of its own there. */
export const NONCE_PLACEHOLDER = "__CSP_NONCE__";

export const nonceOf = (locals: Readonly<Record<string, unknown>>): string => {
  const nonce = locals["cspNonce"];
  if (typeof nonce !== "string") throw new Error("the security headers come before every page");
  return nonce;
};

export const giveNonce: RequestHandler = (_request, response, next) => {
  response.locals["cspNonce"] = randomBytes(16).toString("base64");
  next();
};

/** No page asks for any of these; a script that got in could not either. */
const NOTHING_OF_THE_DEVICE = ["camera", "display-capture", "geolocation", "microphone", "payment", "serial", "usb"]
  .map((feature) => `${feature}=()`)
  .join(", ");

/** For answers that no browser shows: nothing may be made of them. Pages get a policy of their own in its place. */
export function machineHeaders(publicUrl: string): RequestHandler {
  const headers = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": NOTHING_OF_THE_DEVICE,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    ...(publicUrl.startsWith("https:") && { "strict-transport-security": "max-age=31536000; includeSubDomains" }),
  };
  return (_request, response, next) => {
    response.set(headers);
    next();
  };
}

/**
 * Nothing from elsewhere, no inline script. Style elements need the nonce; style attributes are allowed because React Flow places
 * nodes by them. Where a browser would make markup or a script of text it asks the policy in `editor/ui/trusted-types.ts`.
 */
export function securityHeaders(publicUrl: string): RequestHandler {
  const styles = ["'self'", (_request: unknown, response: object) => `'nonce-${nonceOf(localsOf(response))}'`];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": styles,
        "style-src-elem": styles,
        "style-src-attr": ["'unsafe-inline'"],
        "connect-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
      },
    },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: publicUrl.startsWith("https:"),
  });
}

/** helmet knows Node's response only; Express adds `locals`. */
function localsOf(response: object): Readonly<Record<string, unknown>> {
  return "locals" in response && typeof response.locals === "object" && response.locals !== null
    ? { ...response.locals }
    : {};
}
