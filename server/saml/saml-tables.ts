import type { ColumnType } from "kysely";
import type { ProviderRow } from "../sign-in-providers/provider-table.js";

type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface SamlProviderRow extends ProviderRow {
  readonly sign_on_url: string;
  readonly certificates: string[];
}

export type SamlTables = {
  saml_provider: SamlProviderRow & { readonly changed_at: Timestamp };
  saml_attempt: {
    token_hash: Buffer;
    relay_hash: Buffer;
    workspace_id: string;
    return_to: string;
    expires_at: Timestamp;
    answer: ColumnType<Buffer | null, undefined, Buffer>;
  };
};
