export const sources1 = `
create table source (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  slug text not null,
  name text not null,
  kind text not null,
  settings jsonb not null,
  -- Signing secrets, newest first, enveloped for the api. Never null: a source without a verifier cannot be represented.
  secrets bytea not null,
  state text not null check (state in ('active', 'paused')),
  created_at timestamptz not null,
  unique (workspace_id, slug)
);
`;
