/** Lists as somebody narrowed them, to come back to; a filter holds ids and words of the product, never an address. */
export const views1 = `
create table saved_view (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  member_id uuid not null references member,
  page text not null,
  name text not null,
  filter jsonb not null,
  -- For everybody in the workspace.
  shared boolean not null default false,
  created_at timestamptz not null,
  unique (member_id, page, name)
);
create index saved_view_shared on saved_view (workspace_id, page) where shared;
`;
