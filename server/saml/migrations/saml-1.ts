export const saml1 = `
create table saml_provider (
  workspace_id uuid primary key references workspace,
  -- Its entity id: what stands as Issuer in all that it says.
  issuer text not null,
  sign_on_url text not null,
  -- PEM. Whoever holds a key of one of them says who comes in.
  certificates text[] not null,
  label text not null,
  domains text[] not null,
  makes_members boolean not null,
  first_role text not null check (first_role in ('viewer', 'builder', 'publisher', 'privacy_officer')),
  -- Passwords and passkeys sign nobody in to this workspace.
  exclusive boolean not null default false,
  changed_at timestamptz not null
);

-- A NameID of an issuer is one member for good, whatever address it has later; a member is one NameID of an issuer.
create table saml_link (
  workspace_id uuid not null references workspace,
  issuer text not null,
  subject_blind bytea not null,
  member_id uuid not null references member,
  linked_at timestamptz not null,
  primary key (workspace_id, issuer, subject_blind),
  unique (member_id, issuer)
);

-- A sign-in under way. RelayState and the request's id are derived from the token, which the browser alone holds.
create table saml_attempt (
  token_hash bytea primary key,
  relay_hash bytea not null unique,
  workspace_id uuid not null references workspace,
  return_to text not null,
  expires_at timestamptz not null,
  -- Who the provider says they are, from its answer until the browser fetches it; under a key that the token gives.
  answer bytea
);

alter table session drop constraint session_method_check;
alter table session add constraint session_method_check check (method in ('link', 'password', 'oidc', 'saml', 'passkey'));
`;
