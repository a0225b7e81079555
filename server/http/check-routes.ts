import { allPermissions } from "../members/permissions.js";
import type { Route } from "./route.js";

const ACCESSES: ReadonlySet<string> = new Set([...allPermissions, "public", "signed", "member"]);

/** Default deny: the server does not start with a route that declares no access, or with two that answer the same address. */
export function checkRoutes(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const { method, path, access } of routes) {
    const name = `${method.toUpperCase()} ${path}`;
    if (!ACCESSES.has(access)) throw new Error(`The route ${name} declares no access.`);
    const address = `${method} ${path.replaceAll(/:\w+/g, ":")}`;
    if (seen.has(address)) throw new Error(`Two routes answer ${name}.`);
    seen.add(address);
  }
}
