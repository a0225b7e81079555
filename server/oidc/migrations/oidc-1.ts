export const oidc1 = `
create table oidc_provider (
  workspace_id uuid primary key references workspace,
  issuer text not null,
  client_id text not null,
  client_secret bytea not null,
  label text not null,
  domains text[] not null,
  makes_members boolean not null,
  first_role text not null check (first_role in ('viewer', 'builder', 'publisher', 'privacy_officer')),
  -- Passwords and passkeys sign nobody in to this workspace.
  exclusive boolean not null default false,
  changed_at timestamptz not null
);

-- A subject of an issuer is one member for good, whatever address it has later; a member is one subject of an issuer.
create table oidc_link (
  workspace_id uuid not null references workspace,
  issuer text not null,
  subject_blind bytea not null,
  member_id uuid not null references member,
  linked_at timestamptz not null,
  primary key (workspace_id, issuer, subject_blind),
  unique (member_id, issuer)
);

-- A sign-in under way. State, nonce and PKCE verifier are derived from the token, which the browser alone holds.
create table oidc_attempt (
  token_hash bytea primary key,
  workspace_id uuid not null references workspace,
  return_to text not null,
  expires_at timestamptz not null
);

alter table session drop constraint session_method_check;
alter table session add constraint session_method_check check (method in ('link', 'password', 'oidc', 'passkey'));
`;
