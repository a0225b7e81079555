import type { ColumnType, JSONColumnType } from "kysely";

export type SourceTables = {
  source: {
    id: string;
    workspace_id: string;
    slug: string;
    name: string;
    kind: string;
    settings: JSONColumnType<Record<string, unknown>>;
    /** Enveloped `SourceSecret[]`, newest first. */
    secrets: Buffer;
    state: "active" | "paused";
    created_at: ColumnType<Date, Date | string, never>;
  };
};
