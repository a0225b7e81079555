/** Written by the hundred a second: no foreign keys (see ledger-1). */
export const ingest1 = `
create table response (
  id uuid primary key,
  workspace_id uuid not null,
  source_id uuid not null,
  external_id text not null,
  subject_id uuid not null,
  contact_id uuid,
  account_id uuid,
  revisions int not null default 0,
  created_at timestamptz not null,
  unique (source_id, external_id)
);
create index response_by_contact on response (contact_id) where contact_id is not null;

create table revision (
  id uuid primary key,
  workspace_id uuid not null,
  response_id uuid not null,
  source_id uuid not null,
  ordinal int not null,
  content_hash bytea not null,
  received_at timestamptz not null,
  occurred_at timestamptz not null,
  kind text not null,
  metric text not null,
  score double precision,
  scale_min double precision,
  scale_max double precision,
  language text,
  domain text not null,
  product text,
  attributes jsonb not null,
  complete boolean not null,
  raw bytea,
  comment bytea,
  respondent bytea,
  outcome text not null check (outcome in ('matched', 'no_rule_matched', 'not_judged')),
  -- Flow ids that could not be judged, with the code of the reason.
  not_judged jsonb not null default '[]',
  unique (response_id, content_hash)
);
create index revision_listed on revision (workspace_id, id desc);
create index revision_by_source on revision (source_id, id desc);

-- Detects replays only; what counts as the same response is decided by its own id and content.
create table delivery (
  source_id uuid not null,
  delivery_id text not null,
  revision_id uuid not null,
  received_at timestamptz not null,
  primary key (source_id, delivery_id)
);

create table quarantine (
  id uuid primary key,
  workspace_id uuid not null,
  source_id uuid not null,
  subject_id uuid not null,
  content_hash bytea not null,
  received_at timestamptz not null,
  reason text not null,
  field text,
  raw bytea,
  state text not null check (state in ('held', 'replayed')),
  replayed_at timestamptz,
  revision_id uuid,
  unique (source_id, content_hash)
);
create index quarantine_listed on quarantine (workspace_id, state, id desc);
`;
