import type { Db } from "../db/database.js";
import { defineRoute, type Route } from "../http/route.js";
import { mayDo } from "../members/authorize.js";
import { seerOf } from "../members/reach-where.js";
import type { Vault } from "../privacy/vault.js";
import { approvalListSchema, approvalQuerySchema } from "./approval-api.js";
import { listApprovals } from "./approval-views.js";

export const approvalRoutes = ({ db, vault }: { db: Db; vault: Vault }): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/approvals",
    access: "approvals:read",
    summary: "Approvals, newest first",
    query: approvalQuerySchema,
    reply: approvalListSchema,
    handle: ({ actor, query }) =>
      listApprovals(db, vault, {
        ...query,
        ...seerOf(actor),
        mayReadPeople: mayDo(actor, "people:read"),
      }),
  }),
];
