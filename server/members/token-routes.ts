import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import * as tokens from "./api-tokens.js";
import type { Authenticator } from "./authenticate.js";
import * as api from "./token-api.js";

export interface TokenRouteDependencies {
  readonly db: Db;
  readonly authenticator: Authenticator;
}

export const tokenRoutes = ({ db, authenticator }: TokenRouteDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/tokens",
    access: "tokens:manage",
    summary: "API tokens, newest first",
    reply: api.tokenListSchema,
    handle: async ({ actor }) => ({ items: (await tokens.listApiTokens(db, actor.workspaceId)).map(viewOf) }),
  }),
  defineRoute({
    method: "post",
    path: "/api/tokens",
    access: "tokens:manage",
    summary: "A new API token; it is shown in this answer and never again",
    body: api.createTokenSchema,
    reply: api.createdTokenSchema,
    status: 201,
    handle: async ({ actor, body }) => {
      const { token, row } = await transact(db, (tx) => tokens.createApiToken(tx, actor, body));
      return { ...viewOf(row), token };
    },
  }),
  defineRoute({
    method: "delete",
    path: "/api/tokens/:tokenId",
    access: "tokens:manage",
    summary: "Revoke an API token",
    params: z.object({ tokenId: uuidSchema }),
    reply: emptySchema,
    handle: async ({ actor, params }) => {
      await transact(db, (tx) => tokens.revokeApiToken(tx, actor, params.tokenId));
      authenticator.forget();
      return {};
    },
  }),
];

const viewOf = (row: tokens.TokenRow): api.TokenView => ({
  ...{ id: row.id, name: row.name, prefix: row.prefix, role: row.role, permissions: row.permissions },
  ...{ flowIds: row.flow_ids, sourceIds: row.source_ids, connectionIds: row.connection_ids },
  active: row.is_active,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  expiresAt: row.expires_at?.toISOString() ?? null,
});
