export const connections1 = `
create table connection (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  connector text not null,
  name text not null,
  config jsonb not null,
  -- Enveloped apart, so that a process opens only what it needs: the api inbound ones, the workers outbound ones.
  secret_inbound bytea not null,
  secret_outbound bytea not null,
  secrets_set text[] not null,
  state text not null check (state in ('ok', 'paused', 'broken')),
  -- A code: auth_refused, quota, paused_by_member.
  reason text,
  account text not null,
  target text not null,
  notes jsonb not null default '[]',
  facts jsonb not null default '{}',
  sandbox boolean not null default false,
  checked_at timestamptz,
  created_at timestamptz not null
);
create index connection_by_workspace on connection (workspace_id);
`;
