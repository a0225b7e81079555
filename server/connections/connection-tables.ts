import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { ConnectionFacts } from "../../integrations/connector.js";

type NullableTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;
export type ConnectionNote = { readonly level: "ok" | "warning"; readonly message: string };

export type ConnectionTables = {
  connection: {
    id: string;
    workspace_id: string;
    connector: string;
    name: string;
    config: JSONColumnType<Record<string, unknown>>;
    secret_inbound: Buffer;
    secret_outbound: Buffer;
    secrets_set: string[];
    /** Grows when somebody enters other secrets; sealing the same ones again, with another key, leaves it. */
    secret_version: Generated<number>;
    state: "ok" | "paused" | "broken";
    reason: string | null;
    account: string;
    target: string;
    notes: JSONColumnType<ConnectionNote[]>;
    facts: JSONColumnType<ConnectionFacts>;
    sandbox: boolean;
    checked_at: NullableTimestamp;
    created_at: ColumnType<Date, Date | string, never>;
  };
};
