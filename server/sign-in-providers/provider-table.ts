import { sql, type RawBuilder } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import type { FirstRole } from "./provider-api.js";

/** What a provider of any kind has. */
export interface ProviderRow {
  readonly workspace_id: string;
  /** What it calls itself: an OpenID provider's issuer, a SAML provider's entity id. */
  readonly issuer: string;
  readonly label: string;
  readonly domains: string[];
  readonly makes_members: boolean;
  readonly first_role: FirstRole;
  readonly exclusive: boolean;
}

/** One provider of a kind a workspace. */
export function createProviderTable<Row extends ProviderRow>(name: "oidc_provider" | "saml_provider") {
  const table = sql.table(name);
  return {
    find: (reader: Reader, workspaceId: string): Promise<Row | undefined> =>
      first(reader, sql<Row>`select * from ${table} where workspace_id = ${workspaceId}`),

    /** Whoever changes it, or signs in by it, waits for whoever does so already: a subject is linked once. */
    lock: (tx: Tx, workspaceId: string): Promise<Row | undefined> =>
      first(tx, sql<Row>`select * from ${table} where workspace_id = ${workspaceId} for update`),

    /** Answers whether there was one. */
    remove: async (tx: Tx, workspaceId: string): Promise<boolean> =>
      (await first(tx, sql`delete from ${table} where workspace_id = ${workspaceId} returning 1`)) !== undefined,
  };
}

async function first<Row>(reader: Reader, query: RawBuilder<Row>): Promise<Row | undefined> {
  return (await query.execute(reader)).rows[0];
}
