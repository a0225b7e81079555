import type { ColumnType } from "kysely";

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;

export type SubjectKind = "contact" | "account" | "response" | "member" | "person" | "notice" | "hold";

export type KeyTables = {
  workspace_key: {
    id: string;
    workspace_id: string;
    purpose: "subject" | "blind";
    wrapped: Buffer;
    created_at: Timestamp;
    retired_at: NullableTimestamp;
  };
  subject: { id: string; workspace_id: string; kind: SubjectKind; created_at: Timestamp; erased_at: NullableTimestamp };
  subject_key: { id: string; subject_id: string; workspace_key_id: string; wrapped: Buffer; created_at: Timestamp };
};
