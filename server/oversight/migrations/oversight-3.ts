/** Sources and connections that somebody asked for who may not make them. */
export const oversight3 = `
create table tool_request (
  id uuid primary key,
  workspace_id uuid not null,
  kind text not null check (kind in ('source', 'connection')),
  name text not null,
  purpose text not null,
  lawful_basis text not null,
  data_classes text[] not null,
  data_subjects text[] not null,
  why text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  state text not null check (state in ('open', 'approved', 'declined', 'done')),
  decided_by uuid,
  decided_at timestamptz,
  -- Of whoever declined.
  reason text,
  -- What was made of it.
  thing_id uuid
);
create index tool_request_listed on tool_request (workspace_id, id desc);
`;
