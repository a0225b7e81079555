import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { FactKind } from "../flow/facts.js";
import type { RunState } from "../flow/commands.js";
import type { Purpose } from "../flow/purpose.js";

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;

/** The person behind it had processing restricted, objects to its purpose, or never agreed to it. */
export type Withheld = "restricted" | "objected" | "no_consent";

export type RunTable = {
  id: string;
  workspace_id: string;
  flow_id: string;
  flow_version_id: string;
  response_id: string;
  /** The revision that started the run; later ones are `revised` facts. */
  revision_id: string;
  ordinal: number;
  subject_id: string;
  /** Hash of (source, response, flow, ordinal): the run's part of every effect key. */
  key: string;
  /** Number of facts, and the run's lock: whoever appends compares it. */
  seq: Generated<number>;
  state: RunState;
  outcome: string | null;
  /** The one door: when the run must next be looked at; infinity while only a person or an outside event can move it. */
  due_at: ColumnType<Date | number, Date | string, Date | string>;
  /** Its driver is to look at it, and the sweeper watches; else the dispatcher takes it. */
  driven: Generated<boolean>;
  created_at: Timestamp;
  finished_at: NullableTimestamp;
  /** Since when every attempt to take it further throws, and the kind of error; null in a healthy run. */
  halted_since: NullableTimestamp;
  halted_code: string | null;
  /** What the flow's runs are taken one at a time by, blinded; null where the run goes alone. */
  flow_key: Buffer | null;
  /** What its flow is for. */
  purpose: Generated<Purpose>;
  /** Why it may send nothing, but for what ends what was begun; null where it may. */
  withheld: Withheld | null;
  /** Place among the open runs of the key; 0 once it is this run's turn; null without a key. */
  turn: ColumnType<number | null, number | null, number>;
};

export type OwnerKind = "run" | "notice";

export type NoticeTable = {
  id: string;
  workspace_id: string;
  subject_id: string;
  kind: string;
  about_kind: string;
  about_id: string;
  due_at: ColumnType<Date | number, Date | string, Date | string>;
  driven: Generated<boolean>;
  created_at: Timestamp;
  finished_at: NullableTimestamp;
};

export type RunFactTable = {
  run_id: string;
  seq: number;
  at: Timestamp;
  kind: FactKind;
  node_id: string | null;
  data: JSONColumnType<object>;
  sealed: Buffer | null;
};

export type EffectState = "intent" | "sending" | "done" | "ambiguous" | "failed";

export type EffectTable = {
  id: string;
  workspace_id: string;
  owner_kind: OwnerKind;
  owner_id: string;
  node_id: string;
  slot: string;
  iteration: number;
  key: string;
  action: string;
  connection_id: string | null;
  state: EffectState;
  /** The rendered request: every attempt sends the same. Null once erased. */
  request: Buffer | null;
  on_ambiguous: "park" | "resend";
  closing: boolean;
  /** The run went past it (a stop, a decision that came first): it may be looked up, never sent. */
  barred: Generated<boolean>;
  retry_until: Timestamp;
  /** The claim: who may send, and until when nobody else may. */
  token: string | null;
  claimed_until: NullableTimestamp;
  first_sending_at: NullableTimestamp;
  /** Since when an earlier attempt may have been applied without our knowing; null when none. */
  doubt_since: NullableTimestamp;
  /** An attempt that this restored database does not remember may have been sent until then; null where it remembers all. */
  forgotten_until: NullableTimestamp;
  /** Not before this: a rate slot that was reserved, a Retry-After, or the back-off of a failed try. */
  not_before: NullableTimestamp;
  /** `not_before` is a rate slot that is already ours: it is not reserved twice. */
  slot_reserved: Generated<boolean>;
  attempts: Generated<number>;
  external_id: string | null;
  url: string | null;
  code: string | null;
  message: Buffer | null;
  created_at: Timestamp;
  settled_at: NullableTimestamp;
};

export type AttemptOutcome = "done" | "absent" | "inconclusive" | "REJECTED" | "TRANSIENT" | "AMBIGUOUS" | "AUTH";

export type EffectAttemptTable = {
  effect_id: string;
  number: number;
  kind: "send" | "look-up";
  token: string;
  started_at: Timestamp;
  /** Null while in the air, or for ever if its worker died. */
  ended_at: NullableTimestamp;
  outcome: AttemptOutcome | null;
  code: string | null;
  message: Buffer | null;
};

export type RateSlotTable = {
  connection_id: string;
  scope: string;
  next_at: Timestamp;
  /** A Retry-After holds the scope until then. */
  held_until: NullableTimestamp;
};

export type RestorePointTable = {
  named_at: Timestamp;
  reaches: Timestamp;
};

/** Counts that must survive a process: `rescued_total` and the like. */
export type CounterTable = {
  name: string;
  n: ColumnType<string, number, number>;
};

export type LedgerTables = {
  run: RunTable;
  notice: NoticeTable;
  run_fact: RunFactTable;
  effect: EffectTable;
  effect_attempt: EffectAttemptTable;
  rate_slot: RateSlotTable;
  restore_point: RestorePointTable;
  counter: CounterTable;
};
