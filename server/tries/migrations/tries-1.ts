export const tries1 = `
create table flow_test (
  id uuid primary key,
  workspace_id uuid not null references workspace (id),
  flow_id uuid not null references flow (id),
  name text not null,
  -- Always made up: nobody said it (decision 0030).
  event jsonb not null,
  pins jsonb not null,
  -- What its clock shows.
  at timestamptz not null,
  expected jsonb not null,
  created_at timestamptz not null,
  created_by uuid
);
create index flow_test_flow on flow_test (flow_id, id);

-- Why it was published although tests of it failed.
alter table flow_version add column override_reason text;
`;
