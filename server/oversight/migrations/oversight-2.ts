/** Who posted where nothing is taken from them, a day and sender a row; bounded a day (sender-tally.ts). */
export const oversight2 = `
create table unknown_sender (
  workspace_id uuid not null,
  day date not null,
  reason text not null check (reason in ('unknown', 'paused', 'revoked', 'bad_signature')),
  -- The beginning of a hash of what they posted to; empty for those for whom there was no room.
  key_prefix text not null,
  -- A /24 or a /48.
  network text not null,
  count int not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (workspace_id, day, reason, key_prefix, network)
);
`;
