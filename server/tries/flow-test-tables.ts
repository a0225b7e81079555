import type { ColumnType, JSONColumnType } from "kysely";

type Timestamp = ColumnType<Date, Date | string, never>;

export type FlowTestTables = {
  flow_test: {
    id: string;
    workspace_id: string;
    flow_id: string;
    name: string;
    event: JSONColumnType<object>;
    pins: JSONColumnType<object>;
    at: Timestamp;
    expected: JSONColumnType<object>;
    created_at: Timestamp;
    created_by: string | null;
  };
};
