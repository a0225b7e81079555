import type { Route } from "../http/route.js";
import type { Runtime } from "../runtime.js";
import { oversightRoutes } from "./oversight-routes.js";
import { requestRoutes } from "./request-routes.js";
import { createRequests } from "./requests.js";

/** What is said of tools, and what is asked of those who decide on them. */
export function overseen({ db, members, config: { publicUrl } }: Runtime): Route[] {
  const own = { db, names: members.names, publicUrl, now: () => new Date() };
  return [...oversightRoutes(own), ...requestRoutes(createRequests(own))];
}
