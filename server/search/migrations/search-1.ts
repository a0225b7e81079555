/**
 * A copy of what was said, in the clear and without what tells who said it, where a workspace asked for one. It goes with its revision,
 * which whoever copies holds fast meanwhile: hence the foreign key.
 */
export const search1 = `
create table word_search (
  workspace_id uuid primary key,
  state text not null check (state in ('on', 'clearing')),
  -- Every revision up to this one has its copy.
  upto uuid not null
);

create table search_copy (
  revision_id uuid primary key references revision on delete cascade,
  workspace_id uuid not null,
  words text not null
);
create index search_copy_by_workspace on search_copy (workspace_id);
create index search_copy_by_words on search_copy using gin (to_tsvector('simple', words));
`;
