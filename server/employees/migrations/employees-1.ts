/**
 * What employees say is shown in groups only. A revision waits until it has a group; `shown_as` is what it is called and sorted by from then
 * on, because its id begins with the time at which it came.
 */
export const employees1 = `
alter table revision
  -- What a rater is to whom they rate; null: this is no review.
  add column relation text,
  add column group_id uuid,
  add column shown_as uuid;
create index revision_without_group on revision (source_id) where domain = 'employee' and group_id is null;
create index revision_by_group on revision (group_id) where group_id is not null;
create index revision_shown on revision (workspace_id, shown_as desc) where shown_as is not null;

create table employee_group (
  id uuid primary key,
  workspace_id uuid not null,
  source_id uuid not null,
  relation text,
  -- What it was formed of, and the fewest people that it had to be of.
  revisions int not null,
  least int not null,
  formed_at timestamptz not null
);

-- With one of them gone, or two known to be one, who looked before and looks again would learn something of a single person.
create function lw_group_is_whole(one uuid) returns boolean language sql stable as $$
  select count(*) = employee_group.revisions
    and count(distinct coalesce(response.contact_id, response.id)) >= employee_group.least
  from employee_group
  join revision on revision.group_id = employee_group.id
  join response on response.id = revision.response_id
  where employee_group.id = one group by employee_group.id
$$;
`;
