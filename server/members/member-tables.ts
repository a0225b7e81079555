import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { Role, SignInMethod } from "./member-api.js";
import type { Permission } from "./permission-api.js";

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;

export type MemberTables = {
  installation: { id: string; created_at: Timestamp; only_one: Generated<boolean> };
  workspace: {
    id: string;
    name: string;
    publish_epoch: Generated<number>;
    settings: JSONColumnType<Record<string, unknown>>;
    created_at: Timestamp;
  };
  member: {
    id: string;
    workspace_id: string;
    subject_id: string;
    role: Role;
    name: Buffer;
    email: Buffer | null;
    email_blind: Buffer | null;
    active: Generated<boolean>;
    /** What a directory calls them. */
    external_id: ColumnType<string | null, string | null | undefined, string | null>;
    deprovisioned_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
    /** When a directory first wrote of them. */
    claimed_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
    created_at: Timestamp;
  };
  sign_in_link: { token_hash: Buffer; member_id: string; expires_at: Timestamp; used_at: NullableTimestamp };
  member_password: { member_id: string; hash: string; changed_at: Timestamp };
  member_totp: { member_id: string; secret: Buffer; confirmed_at: NullableTimestamp; last_step: number | null };
  session: {
    id: Generated<string>;
    method: SignInMethod;
    token_hash: Buffer;
    member_id: string;
    created_at: Timestamp;
    last_seen_at: Timestamp;
    expires_at: Timestamp;
  };
  api_token: {
    id: string;
    workspace_id: string;
    token_hash: Buffer;
    name: string;
    role: Role | null;
    permissions: Permission[] | null;
    flow_ids: string[] | null;
    source_ids: string[] | null;
    connection_ids: string[] | null;
    prefix: string | null;
    created_by: string | null;
    created_at: Timestamp;
    last_used_at: NullableTimestamp;
    expires_at: NullableTimestamp;
    revoked_at: NullableTimestamp;
  };
};
