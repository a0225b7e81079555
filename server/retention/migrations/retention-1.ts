/**
 * How long what came from a source is kept, and what may not go at all. `revision_content_kept` is the queue of words that are still there:
 * what was emptied leaves it, so the sweep reads nothing twice.
 */
export const retention1 = `
create table retention (
  workspace_id uuid not null references workspace,
  -- Null: of every source that has none of its own.
  source_id uuid references source,
  -- Days; null: for ever.
  content_days int check (content_days >= 1),
  response_days int check (response_days >= 1),
  changed_at timestamptz not null
);
create unique index retention_once on retention (workspace_id, source_id) nulls not distinct;

create table legal_hold (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  about text not null check (about in ('contact', 'source', 'workspace')),
  about_id uuid not null,
  -- Whose key the reason is sealed with.
  subject_id uuid not null,
  reason bytea,
  placed_at timestamptz not null,
  placed_by uuid,
  lifted_at timestamptz,
  lifted_by uuid
);
create unique index legal_hold_once on legal_hold (workspace_id, about, about_id) where lifted_at is null;
create index legal_hold_listed on legal_hold (workspace_id, id desc);

alter table subject drop constraint subject_kind_check;
alter table subject add constraint subject_kind_check
  check (kind in ('contact', 'account', 'response', 'member', 'person', 'notice', 'hold'));

alter table revision add column content_gone_at timestamptz;
create index revision_content_kept on revision (source_id, received_at, id) where content_gone_at is null;
create index response_by_age on response (source_id, created_at, id);
create index quarantine_by_age on quarantine (source_id, received_at, id);

-- Nothing that they said is kept any more: their keys and row follow a little later, unless somebody says something meanwhile.
alter table contact add column forsaken_at timestamptz;
create index contact_forsaken on contact (forsaken_at) where forsaken_at is not null;

-- When its first step was taken: a hold may come between that and the request.
alter table erasure add column begun_at timestamptz;
`;
