export const members4 = `
-- Who is in a team sees only what its teams see; null is all. Whoever is in none, admins and privacy officers see everything.
create table team (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  name text not null,
  flow_ids uuid[],
  source_ids uuid[],
  connection_ids uuid[],
  created_at timestamptz not null,
  unique (workspace_id, name)
);
create table team_member (
  member_id uuid not null references member,
  team_id uuid not null references team on delete cascade,
  primary key (member_id, team_id)
);
create index team_member_by_team on team_member (team_id);
`;
