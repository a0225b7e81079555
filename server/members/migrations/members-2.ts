export const members2 = `
-- argon2id as a PHC string (RFC 9106): it names its own parameters and salt.
create table member_password (
  member_id uuid primary key references member,
  hash text not null,
  changed_at timestamptz not null
);

-- RFC 6238. Confirmed once a code of it was right; a code is good once, so the step of the last one is kept.
create table member_totp (
  member_id uuid primary key references member,
  secret bytea not null,
  confirmed_at timestamptz,
  last_step bigint
);

-- Refused sign-ins of late, by what they had in common: an address with an account, or an address.
create table sign_in_failure (
  scope bytea primary key,
  failures int not null,
  since timestamptz not null
);

alter table session add column id uuid not null default gen_random_uuid() unique;
alter table session add column method text not null default 'link' check (method in ('link', 'password'));
create index session_by_member on session (member_id);
`;
