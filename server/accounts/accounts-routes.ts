import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { uuidSchema } from "../http/common-api.js";
import { pageFrom } from "../http/paging.js";
import { defineRoute, type Route } from "../http/route.js";
import type { Vault } from "../privacy/vault.js";
import * as api from "./accounts-api.js";
import { importAccounts, placeAccount } from "./accounts-service.js";
import { listAccounts } from "./accounts-store.js";

export interface AccountsDependencies {
  readonly db: Db;
  readonly vault: Vault;
  /** Who sees what by their accounts changed. */
  readonly reachChanged: () => void;
}

export const accountsRoutes = (dependencies: AccountsDependencies): Route[] => [
  listRoute(dependencies),
  placeRoute(dependencies),
  importRoute(dependencies),
];

const listRoute = ({ db, vault }: AccountsDependencies): Route =>
  defineRoute({
    method: "get",
    path: "/api/accounts",
    access: "settings:manage",
    summary: "Companies that respondents belong to, and which stand below which",
    query: api.accountQuerySchema,
    reply: api.accountListSchema,
    handle: async ({ actor: { workspaceId }, query }) => {
      const { rows, next } = pageFrom(
        await listAccounts(db, vault, { ...query, workspaceId, limit: query.limit + 1 }),
        query.limit,
      );
      return { items: [...rows], next };
    },
  });

const placeRoute = ({ db, vault, reachChanged }: AccountsDependencies): Route =>
  defineRoute({
    method: "put",
    path: "/api/accounts/:accountId",
    access: "settings:manage",
    summary: "Put an account below another, or below none; whose team sees the one above sees it at once",
    params: z.object({ accountId: uuidSchema }),
    body: api.placeAccountSchema,
    reply: api.accountSchema,
    handle: async ({ actor, params: { accountId: id }, body }) => {
      const placed = await transact(db, (tx) => placeAccount(tx, vault, actor, { id, ...body }));
      reachChanged();
      return placed;
    },
  });

const importRoute = ({ db, vault, reachChanged }: AccountsDependencies): Route =>
  defineRoute({
    method: "post",
    path: "/api/accounts/import",
    access: "settings:manage",
    summary:
      "Accounts by their names, with those that they stand below and their clear attributes; all of it or nothing",
    body: api.importAccountsSchema,
    reply: api.accountsImportedSchema,
    heavy: true,
    handle: async ({ actor, body }) => {
      const imported = await transact(db, (tx) => importAccounts(tx, vault, actor, body.accounts));
      reachChanged();
      return imported;
    },
  });
