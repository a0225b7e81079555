import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import * as api from "./provider-api.js";
import { unlink } from "./unlink.js";
import { waysToSignIn } from "./ways-to-sign-in.js";

export interface ProviderRouteDependencies {
  readonly db: Db;
  readonly publicUrl: string;
  /** Who they were is not to be believed any more. */
  readonly forget: () => void;
}

/** What concerns providers of every kind. */
export const providerRoutes = ({ db, publicUrl, forget }: ProviderRouteDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/ways-to-sign-in",
    access: "public",
    summary: "What the sign-in page offers: passwords, passkeys, and the providers by how they call themselves",
    reply: api.signInWaysSchema,
    handle: () => waysToSignIn(db, publicUrl),
  }),
  defineRoute({
    method: "delete",
    path: "/api/members/:memberId/provider-link",
    access: "members:manage",
    summary: "Forget which account at a provider is theirs; what they had open ends",
    params: z.object({ memberId: uuidSchema }),
    reply: emptySchema,
    handle: async ({ actor, params: { memberId } }) => {
      await transact(db, (tx) => unlink(tx, actor, memberId));
      forget();
      return {};
    },
  }),
];
