/** What a workspace says of each place that its data comes from or goes to. */
export const oversight1 = `
create table oversight_entry (
  workspace_id uuid not null,
  kind text not null check (kind in ('source', 'connection')),
  thing_id uuid not null,
  owner_id uuid,
  purpose text,
  lawful_basis text,
  data_classes text[] not null default '{}',
  data_subjects text[] not null default '{}',
  region text,
  -- Of the region, in words: a country, a data centre.
  place text,
  agreement text,
  agreement_on date,
  agreement_reference text,
  yearly_cost numeric(14, 2),
  currency text,
  credential_owner_id uuid,
  credential_expires_on date,
  retention text,
  changed_at timestamptz not null,
  changed_by uuid,
  primary key (workspace_id, kind, thing_id)
);

-- How often a connection acted on a day (UTC): counted from time to time, so that nobody reads the effects for it.
create table connection_use (
  connection_id uuid not null,
  day date not null,
  effects int not null,
  last_at timestamptz not null,
  primary key (connection_id, day)
);
-- Up to when effects are counted.
create table connection_use_until (
  only_one boolean primary key default true check (only_one),
  until timestamptz not null
);
`;
