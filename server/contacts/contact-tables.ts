import type { ColumnType, JSONColumnType } from "kysely";

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Attributes = JSONColumnType<Record<string, string | number | boolean>>;

export type ContactTables = {
  account: {
    id: string;
    workspace_id: string;
    subject_id: string;
    /** The account that it stands below. */
    parent_id: ColumnType<string | null, never, string | null>;
    name: Buffer | null;
    attributes: Attributes;
    created_at: Timestamp;
  };
  account_identity: { workspace_id: string; kind: string; blind: Buffer; account_id: string };
  contact: {
    id: string;
    workspace_id: string;
    subject_id: string;
    name: Buffer | null;
    email: Buffer | null;
    phone: Buffer | null;
    created_at: Timestamp;
    merged_into: ColumnType<string | null, never, string | null>;
  };
  contact_identity: { workspace_id: string; kind: string; blind: Buffer; contact_id: string };
  person: {
    id: string;
    workspace_id: string;
    connection_id: string;
    external_id: string;
    subject_id: string;
    name: Buffer | null;
    member_id: string | null;
    active: boolean;
    created_at: Timestamp;
  };
};
