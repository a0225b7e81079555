import type { ColumnType, JSONColumnType } from "kysely";

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;

export type FlowTables = {
  workspace: {
    id: string;
    name: string;
    publish_epoch: number;
    settings: JSONColumnType<object>;
    created_at: Timestamp;
  };
  flow: {
    id: string;
    workspace_id: string;
    name: string;
    state: "draft" | "live" | "paused";
    draft: JSONColumnType<object>;
    draft_revision: number;
    draft_saved_at: Timestamp;
    draft_saved_by: string | null;
    draft_editors: string[];
    draft_hand: string | null;
    version_id: string | null;
    version_number: number | null;
    published_revision: number | null;
    created_at: Timestamp;
    deleted_at: NullableTimestamp;
  };
  flow_version: {
    id: string;
    flow_id: string;
    workspace_id: string;
    number: number;
    document: JSONColumnType<object>;
    layout: JSONColumnType<Record<string, { x: number; y: number }>>;
    drawn: JSONColumnType<object> | null;
    hash: string;
    note: string | null;
    override_reason: string | null;
    step: ColumnType<string | null, string | undefined, never>;
    step_run: ColumnType<string | null, string | undefined, never>;
    step_asked: ColumnType<Buffer | null, Buffer | undefined, never>;
    editors: string[];
    published_by: string | null;
    published_at: Timestamp;
  };
};
