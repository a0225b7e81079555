import type { ColumnType, JSONColumnType } from "kysely";

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;

export type IngestTables = {
  response: {
    id: string;
    workspace_id: string;
    source_id: string;
    external_id: string;
    subject_id: string;
    contact_id: string | null;
    own_contact_id: ColumnType<string | null, string | null | undefined, string | null>;
    account_id: string | null;
    created_at: Timestamp;
  };
  revision: {
    id: string;
    workspace_id: string;
    response_id: string;
    source_id: string;
    ordinal: number;
    content_hash: Buffer;
    received_at: Timestamp;
    occurred_at: Timestamp;
    metric: string;
    score: number | null;
    scale_min: number | null;
    scale_max: number | null;
    language: string | null;
    domain: string;
    product: string | null;
    /** Of a review of a colleague. */
    relation: string | null;
    attributes: JSONColumnType<Record<string, string | number | boolean>>;
    raw: Buffer | null;
    comment: Buffer | null;
    respondent: Buffer | null;
    outcome: "matched" | "no_rule_matched" | "not_judged";
    not_judged: JSONColumnType<{ flowId: string; code: string }[]>;
    content_gone_at: NullableTimestamp;
    group_id: string | null;
    shown_as: string | null;
  };
  quarantine: {
    id: string;
    workspace_id: string;
    source_id: string;
    subject_id: string;
    content_hash: Buffer;
    received_at: Timestamp;
    reason: string;
    field: string | null;
    raw: Buffer | null;
    state: "held" | "replayed";
    replayed_at: NullableTimestamp;
    revision_id: string | null;
    /** Of its source when it came; null where nothing is known of it. */
    domain: string | null;
  };
};
