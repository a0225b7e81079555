import { sql } from "kysely";
import type { Tx } from "../db/database.js";
import { createLinkTable } from "../sign-in-providers/link-table.js";
import { createProviderTable } from "../sign-in-providers/provider-table.js";
import type { SamlProviderRow, SamlTables } from "./saml-tables.js";

export const providers = createProviderTable<SamlProviderRow>("saml_provider");
export const links = createLinkTable("saml_link");

export async function storeProvider(tx: Tx, row: SamlProviderRow): Promise<void> {
  const values = { ...row, changed_at: sql<Date>`lw_now()` };
  await tx
    .withTables<SamlTables>()
    .insertInto("saml_provider")
    .values(values)
    .onConflict((conflict) => conflict.column("workspace_id").doUpdateSet(values))
    .execute();
}
