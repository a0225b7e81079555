export const approvals1 = `
create table approval (
  id uuid primary key,
  workspace_id uuid not null,
  run_id uuid not null,
  node_id text not null,
  subject_id uuid not null,
  connection_id uuid not null,
  channel text not null,
  -- Frozen with the request: {approvers: [...]}.
  policy jsonb not null,
  state text not null check (state in ('pending', 'approved', 'rejected', 'expired', 'withdrawn')),
  title bytea,
  text bytea,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  decided_at timestamptz,
  decided_by_kind text,
  decided_by uuid,
  reason bytea
);
create index approval_by_run on approval (run_id);
create index approval_listed on approval (workspace_id, state, id desc);
`;
