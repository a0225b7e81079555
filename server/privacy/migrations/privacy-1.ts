export const privacy1 = `
create table workspace_key (
  id uuid primary key,
  workspace_id uuid not null,
  purpose text not null check (purpose in ('subject', 'blind')),
  wrapped bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index workspace_key_current on workspace_key (workspace_id, purpose) where retired_at is null;

-- A subject is whoever a secret is about. Its row stays when its key is gone: what named it can then say "erased".
create table subject (
  id uuid primary key,
  workspace_id uuid not null,
  kind text not null check (kind in ('contact', 'account', 'response', 'member', 'person', 'notice')),
  created_at timestamptz not null,
  erased_at timestamptz
);

create table subject_key (
  id uuid primary key,
  subject_id uuid not null references subject,
  workspace_key_id uuid not null references workspace_key,
  wrapped bytea not null,
  created_at timestamptz not null
);
create index subject_key_by_subject on subject_key (subject_id);
`;
