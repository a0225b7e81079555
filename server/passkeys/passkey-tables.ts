import type { ColumnType } from "kysely";

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;

export type PasskeyTables = {
  passkey: {
    id: string;
    member_id: string;
    credential_id: string;
    public_key: string;
    rp_id: string;
    counter: number;
    transports: string[];
    name: Buffer;
    created_at: Timestamp;
    last_used_at: NullableTimestamp;
  };
  passkey_challenge: { challenge_hash: Buffer; member_id: string | null; expires_at: Timestamp };
};
