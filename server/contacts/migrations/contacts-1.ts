export const contacts1 = `
create table account (
  id uuid primary key,
  workspace_id uuid not null,
  subject_id uuid not null,
  name bytea,
  -- Clear, declared attributes: tier, region, annualRevenue.
  attributes jsonb not null default '{}',
  created_at timestamptz not null
);
create index account_by_workspace on account (workspace_id, id);

create table account_identity (
  workspace_id uuid not null,
  kind text not null,
  blind bytea not null,
  -- Checked at commit: an identity is won first, and only its winner makes the row.
  account_id uuid not null references account deferrable initially deferred,
  primary key (workspace_id, kind, blind)
);

create table contact (
  id uuid primary key,
  workspace_id uuid not null,
  subject_id uuid not null,
  account_id uuid,
  name bytea,
  email bytea,
  phone bytea,
  attributes jsonb not null default '{}',
  created_at timestamptz not null
);
create index contact_by_workspace on contact (workspace_id, id);

create table contact_identity (
  workspace_id uuid not null,
  kind text not null,
  blind bytea not null,
  contact_id uuid not null references contact deferrable initially deferred,
  primary key (workspace_id, kind, blind)
);

-- People whom we know from a chat system, for example whoever clicked a button in Slack.
create table person (
  id uuid primary key,
  workspace_id uuid not null,
  connection_id uuid not null,
  external_id text not null,
  subject_id uuid not null,
  name bytea,
  member_id uuid,
  active boolean not null default true,
  created_at timestamptz not null,
  unique (connection_id, external_id)
);
`;
