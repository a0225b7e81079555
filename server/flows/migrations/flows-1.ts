export const flows1 = `
create table flow (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  name text not null,
  state text not null check (state in ('draft', 'live', 'paused')),
  draft jsonb not null,
  draft_revision int not null default 0,
  draft_saved_at timestamptz not null,
  draft_saved_by uuid,
  -- Members who touched the draft since the last publication.
  draft_editors uuid[] not null default '{}',
  version_id uuid,
  version_number int,
  published_revision int,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create index flow_by_workspace on flow (workspace_id) where deleted_at is null;

create table flow_version (
  id uuid primary key,
  flow_id uuid not null references flow,
  workspace_id uuid not null,
  number int not null,
  -- What runs, and where its nodes stood on the canvas.
  document jsonb not null,
  layout jsonb not null,
  hash text not null,
  note text,
  editors uuid[] not null,
  published_by uuid,
  published_at timestamptz not null,
  unique (flow_id, number)
);
`;
