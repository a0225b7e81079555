export const members1 = `
create table installation (
  id uuid primary key,
  created_at timestamptz not null,
  only_one boolean not null default true unique check (only_one)
);

create table workspace (
  id uuid primary key,
  name text not null,
  -- Moves whenever what is published changes, so that an event is matched against what it was committed with.
  publish_epoch bigint not null default 0,
  settings jsonb not null default '{}',
  created_at timestamptz not null
);

create table member (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  subject_id uuid not null,
  role text not null check (role in ('viewer', 'builder', 'publisher', 'admin', 'privacy_officer')),
  name bytea not null,
  email bytea,
  email_blind bytea,
  active boolean not null default true,
  created_at timestamptz not null,
  unique (workspace_id, email_blind)
);

-- Tokens of all three kinds are 256 random bits, stored as SHA-256 only.
create table sign_in_link (
  token_hash bytea primary key,
  member_id uuid not null references member,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table session (
  token_hash bytea primary key,
  member_id uuid not null references member,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);

create table api_token (
  id uuid primary key,
  workspace_id uuid not null references workspace,
  token_hash bytea not null unique,
  name text not null,
  role text not null,
  created_by uuid,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);
`;
