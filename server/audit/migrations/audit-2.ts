export const audit2 = `
-- The chain is followed by seq, extended from what has none, and searched by who and about what.
create unique index audit_event_by_seq on audit_event (workspace_id, seq);
create index audit_event_unchained on audit_event (id) where seq is null;
create index audit_event_by_actor on audit_event (workspace_id, actor_id, id desc);
create index audit_event_by_target on audit_event (workspace_id, target_id, id desc);
create index audit_event_by_action on audit_event (workspace_id, action, id desc);

-- Signed ends of chains: what a copy outside the database is held against. Whoever rewrites a chain needs the key too.
create table audit_head (
  workspace_id uuid not null,
  seq bigint not null,
  hash bytea not null,
  key_id text not null,
  signature bytea not null,
  signed_at timestamptz not null,
  primary key (workspace_id, seq)
);

create function audit_head_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_head is append-only';
end $$;
create trigger audit_head_append_only before update or delete on audit_head
  for each row execute function audit_head_is_append_only();
create trigger audit_head_no_truncate before truncate on audit_head
  for each statement execute function audit_head_is_append_only();
`;
