import type { ColumnType } from "kysely";
import type { FirstRole } from "./oidc-api.js";

type Timestamp = ColumnType<Date, Date | string, Date | string>;

export type OidcTables = {
  oidc_provider: {
    workspace_id: string;
    issuer: string;
    client_id: string;
    client_secret: Buffer;
    label: string;
    domains: string[];
    makes_members: boolean;
    first_role: FirstRole;
    exclusive: boolean;
    changed_at: Timestamp;
  };
  oidc_link: {
    workspace_id: string;
    issuer: string;
    subject_blind: Buffer;
    member_id: string;
    linked_at: Timestamp;
  };
  oidc_attempt: { token_hash: Buffer; workspace_id: string; return_to: string; expires_at: Timestamp };
};
