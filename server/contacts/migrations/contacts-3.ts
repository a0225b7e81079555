/**
 * Two contacts that are one person. Nothing of them is mixed: each keeps its row, its keys and what it is known by; responses are pointed to
 * the one that stands for both, and remember whose they were.
 */
export const contacts3 = `
alter table contact add column merged_into uuid;
create index contact_by_merged_into on contact (merged_into) where merged_into is not null;

-- Null: the response is its contact's own.
alter table response add column own_contact_id uuid;

create table contact_merge (
  id uuid primary key,
  workspace_id uuid not null,
  kept_id uuid not null,
  merged_id uuid not null,
  -- What each allowed before, to be given back.
  kept_choices jsonb not null,
  merged_choices jsonb not null,
  -- What both allow since.
  choices jsonb not null,
  merged_at timestamptz not null,
  merged_by uuid
);
create unique index contact_merge_once on contact_merge (merged_id);
create index contact_merge_by_kept on contact_merge (kept_id);

-- Who stands for this contact, itself unless it was merged.
create function lw_contact_root(one uuid) returns uuid language sql stable as $$
  with recursive up as (
    select id, merged_into from contact where id = one
    union all
    select contact.id, contact.merged_into from contact join up on contact.id = up.merged_into
  )
  select id from up where merged_into is null
$$;

-- Everybody who is the same person as this contact, itself included.
create function lw_contact_group(one uuid) returns setof uuid language sql stable as $$
  with recursive down as (
    select lw_contact_root(one) as id
    union all
    select contact.id from contact join down on contact.merged_into = down.id
  )
  select id from down where id is not null
$$;
`;
