import type { ColumnType, JSONColumnType, Selectable } from "kysely";
import type { Remains } from "../../integrations/connector.js";
import type { CopyState, Ground, Receipt } from "./erasure-api.js";

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;

export type ErasureTables = {
  erasure: {
    id: string;
    workspace_id: string;
    ground: Ground;
    subject_ids: string[];
    contact_ids: string[];
    response_ids: string[];
    quarantine_ids: string[];
    asked_by: string | null;
    /** Of ground `source`: which one asked. */
    source_id: ColumnType<string | null, string | null | undefined, never>;
    asked_at: Timestamp;
    begun_at: NullableTimestamp;
    due_at: ColumnType<Date | number, Date | string, Date | string>;
    settled_at: NullableTimestamp;
    copies_at: NullableTimestamp;
    rows_at: NullableTimestamp;
    traces_at: NullableTimestamp;
    done_at: NullableTimestamp;
    deleted: JSONColumnType<Readonly<Record<string, number>>>;
    receipt: JSONColumnType<Receipt> | null;
  };
  erasure_copy: {
    id: string;
    erasure_id: string;
    effect_id: string;
    key: string;
    action: string;
    connection_id: string | null;
    external_id: string | null;
    url: string | null;
    at: NullableTimestamp;
    state: CopyState;
    remains: Remains | null;
    code: string | null;
    tries: number;
    due_at: Timestamp;
  };
  erasure_trace: { erasure_id: string; run_id: string };
  erased_response: { workspace_id: string; blind: Buffer; erased_at: Timestamp };
};

export type ErasureRow = Selectable<ErasureTables["erasure"]>;
export type CopyRow = Selectable<ErasureTables["erasure_copy"]>;
