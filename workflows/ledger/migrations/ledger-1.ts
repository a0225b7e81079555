/**
 * Rows here outlive flows, connections and people, and are written by the hundred a second: no foreign keys.
 * `lw_now()` is the one clock of deadlines, claims and timers; a test replaces it to skip time.
 */
export const ledger1 = `
create function lw_now() returns timestamptz language sql volatile as 'select clock_timestamp()';

create table run (
  id uuid primary key,
  workspace_id uuid not null,
  flow_id uuid not null,
  flow_version_id uuid not null,
  response_id uuid not null,
  revision_id uuid not null,
  ordinal int not null,
  subject_id uuid not null,
  key text not null,
  seq int not null default 0,
  state text not null,
  outcome text,
  due_at timestamptz not null,
  driven boolean not null default false,
  created_at timestamptz not null,
  finished_at timestamptz,
  unique (flow_id, response_id, ordinal)
);
create index run_queued on run (due_at) where finished_at is null and not driven;
create index run_driven on run (due_at) where finished_at is null and driven;
create index run_listed on run (workspace_id, id desc);
create index run_by_flow on run (flow_id, state, id desc);
create index run_by_response on run (response_id);
create index run_attention on run (workspace_id, state) where finished_at is null;

-- Something that people are told outside of any run: it has one effect and a driver of its own.
create table notice (
  id uuid primary key,
  workspace_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  about_kind text not null,
  about_id uuid not null,
  due_at timestamptz not null,
  driven boolean not null default false,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index notice_queued on notice (due_at) where finished_at is null and not driven;
create index notice_driven on notice (due_at) where finished_at is null and driven;

create table run_fact (
  run_id uuid not null,
  seq int not null,
  at timestamptz not null,
  kind text not null,
  node_id text,
  data jsonb not null,
  sealed bytea,
  primary key (run_id, seq)
);

create table effect (
  id uuid primary key,
  workspace_id uuid not null,
  owner_kind text not null,
  owner_id uuid not null,
  node_id text not null,
  slot text not null,
  iteration int not null,
  key text not null unique,
  action text not null,
  connection_id uuid,
  state text not null check (state in ('intent', 'sending', 'done', 'ambiguous', 'failed')),
  request bytea,
  on_ambiguous text not null,
  closing boolean not null,
  barred boolean not null default false,
  retry_until timestamptz not null,
  token uuid,
  claimed_until timestamptz,
  first_sending_at timestamptz,
  doubt_since timestamptz,
  not_before timestamptz,
  slot_reserved boolean not null default false,
  attempts int not null default 0,
  external_id text,
  url text,
  code text,
  message bytea,
  created_at timestamptz not null,
  settled_at timestamptz,
  unique (owner_kind, owner_id, node_id, slot, iteration)
);
create index effect_open_by_connection on effect (connection_id) where state in ('intent', 'sending');

create table effect_attempt (
  effect_id uuid not null,
  number int not null,
  kind text not null,
  token uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome text,
  code text,
  message bytea,
  primary key (effect_id, number)
);

create table rate_slot (
  connection_id uuid not null,
  scope text not null,
  next_at timestamptz not null,
  primary key (connection_id, scope)
);

create table counter (
  name text primary key,
  n bigint not null
);
`;
