import type { ColumnType } from "kysely";
import type { ProviderRow } from "../sign-in-providers/provider-table.js";

type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface OidcProviderRow extends ProviderRow {
  readonly client_id: string;
  readonly client_secret: Buffer;
}

export type OidcTables = {
  oidc_provider: OidcProviderRow & { readonly changed_at: Timestamp };
  oidc_attempt: { token_hash: Buffer; workspace_id: string; return_to: string; expires_at: Timestamp };
};
