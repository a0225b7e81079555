import { expect, it } from "vitest";
import { auditRoutes } from "../audit/audit-routes.js";
import type { Route } from "../http/route.js";
import { peopleRoutes } from "./people-routes.js";

/** Nothing is asked of them here. */
const nothing = {} as never;

it("what opens much that is sealed, or walks a whole table, takes more of what an account may ask", () => {
  const routes: readonly Route[] = [...peopleRoutes(nothing), ...auditRoutes(nothing)];
  expect(routes.filter(({ heavy }) => heavy).map(({ method, path }) => `${method} ${path}`)).toEqual([
    "post /api/privacy/search",
    "get /api/privacy/contacts/:contactId/export",
    "get /api/audit/export",
  ]);
});
