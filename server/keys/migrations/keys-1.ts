export const keys1 = `
-- Keys of the installation that must stay what they are when the KEK changes: what they vouch for lies outside the database.
create table installation_key (
  purpose text primary key check (purpose in ('tombstone')),
  wrapped bytea not null,
  created_at timestamptz not null
);

-- Every key-encryption key that this database was used with: its id, which tells nothing of it.
create table kek (
  id text primary key,
  first_used_at timestamptz not null
);

-- Grows when somebody enters other secrets. Sealing the same ones again leaves it.
alter table connection add secret_version integer not null default 1;
`;
