/** What was asked to be forgotten, how far that is, and what it left behind. None of it names anybody. */
export const erasure1 = `
create table erasure (
  id uuid primary key,
  workspace_id uuid not null,
  ground text not null check (ground in ('request', 'restored')),
  -- Whose keys go, and by what they were found.
  subject_ids uuid[] not null,
  contact_ids uuid[] not null,
  response_ids uuid[] not null,
  quarantine_ids uuid[] not null,
  asked_by uuid,
  asked_at timestamptz not null,
  -- When the next step may be taken; infinity once all is done.
  due_at timestamptz not null,
  settled_at timestamptz,
  -- Every copy was asked for once.
  copies_at timestamptz,
  rows_at timestamptz,
  traces_at timestamptz,
  done_at timestamptz,
  -- How many rows of each table went.
  deleted jsonb not null default '{}',
  -- Signed once all is done.
  receipt jsonb
);
create index erasure_due on erasure (due_at) where done_at is null;
create index erasure_listed on erasure (workspace_id, id desc);

-- What effects left in other systems.
create table erasure_copy (
  id uuid primary key,
  erasure_id uuid not null references erasure,
  effect_id uuid not null,
  key text not null,
  action text not null,
  connection_id uuid,
  -- Null: whether there is a copy is not known.
  external_id text,
  url text,
  -- When it was sent.
  at timestamptz,
  state text not null check (state in ('open', 'deleted', 'emptied', 'gone', 'foreign', 'by_hand', 'failed')),
  remains text,
  code text,
  tries int not null default 0,
  due_at timestamptz not null
);
create index erasure_copy_by_erasure on erasure_copy (erasure_id, state);
create unique index erasure_copy_once on erasure_copy (erasure_id, effect_id, external_id) nulls not distinct;

-- Runs whose workflow executions are still to be deleted.
create table erasure_trace (
  erasure_id uuid not null references erasure,
  run_id uuid not null,
  primary key (erasure_id, run_id)
);

-- A response that was erased is not stored again when its source delivers it once more.
create table erased_response (
  workspace_id uuid not null,
  blind bytea not null,
  erased_at timestamptz not null,
  primary key (workspace_id, blind)
);

create index contact_identity_by_contact on contact_identity (contact_id);
`;
