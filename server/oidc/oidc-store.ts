import { sql } from "kysely";
import type { Tx } from "../db/database.js";
import { createLinkTable } from "../sign-in-providers/link-table.js";
import { createProviderTable } from "../sign-in-providers/provider-table.js";
import type { OidcProviderRow, OidcTables } from "./oidc-tables.js";

export const providers = createProviderTable<OidcProviderRow>("oidc_provider");
export const links = createLinkTable("oidc_link");

export async function storeProvider(tx: Tx, row: OidcProviderRow): Promise<void> {
  const values = { ...row, changed_at: sql<Date>`lw_now()` };
  await tx
    .withTables<OidcTables>()
    .insertInto("oidc_provider")
    .values(values)
    .onConflict((conflict) => conflict.column("workspace_id").doUpdateSet(values))
    .execute();
}
