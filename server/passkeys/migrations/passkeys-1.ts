export const passkeys1 = `
-- A passkey is good for one relying party (a host name) alone: where PUBLIC_URL names another host, it signs nobody in.
create table passkey (
  id uuid primary key,
  member_id uuid not null references member,
  credential_id text not null unique,
  -- COSE (RFC 9052), as base64url.
  public_key text not null,
  rp_id text not null,
  -- How often it was used, as far as it counts: one that goes back was copied.
  counter bigint not null,
  transports text[] not null,
  name bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_by_member on passkey (member_id);

-- Good once and for five minutes. Of a member who adds a passkey; of nobody yet, where somebody signs in.
create table passkey_challenge (
  challenge_hash bytea primary key,
  member_id uuid references member,
  expires_at timestamptz not null
);
`;
