import type { ColumnType, JSONColumnType } from "kysely";

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;

/** Frozen with the request: what was asked of whom does not change while it is open. */
export interface ApprovalPolicy {
  /** Ids as the chat system knows people; empty: anyone known of that workspace. */
  readonly approvers: readonly string[];
}

export type ApprovalTables = {
  approval: {
    id: string;
    workspace_id: string;
    run_id: string;
    node_id: string;
    subject_id: string;
    connection_id: string;
    channel: string;
    policy: JSONColumnType<ApprovalPolicy>;
    state: "pending" | "approved" | "rejected" | "expired" | "withdrawn";
    title: Buffer | null;
    text: Buffer | null;
    asked_at: Timestamp;
    expires_at: Timestamp;
    decided_at: NullableTimestamp;
    decided_by_kind: "person" | "member" | null;
    decided_by: string | null;
    reason: Buffer | null;
  };
};
