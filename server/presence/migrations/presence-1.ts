/** Who has a flow open, by page (a tab of a browser), and which of these pages holds its pen. Rows live for minutes. */
export const presence1 = `
create table flow_presence (
  flow_id uuid not null references flow,
  tab_id uuid not null,
  workspace_id uuid not null references workspace,
  member_id uuid not null references member,
  seen_at timestamptz not null,
  -- The last change that was saved from this page.
  edited_at timestamptz,
  -- It holds the pen since then.
  taken_at timestamptz,
  primary key (flow_id, tab_id)
);
create unique index flow_presence_pen on flow_presence (flow_id) where taken_at is not null;
`;
