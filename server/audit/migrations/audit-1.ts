export const audit1 = `
-- Rows first; one chainer later gives them seq and hash. Actors and targets are ids only, so that erasure never edits this.
create table audit_event (
  id uuid primary key,
  workspace_id uuid not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('member', 'token', 'person', 'system')),
  actor_id uuid,
  action text not null,
  target_kind text not null,
  target_id text not null,
  data jsonb not null default '{}',
  seq bigint,
  hash bytea
);
create index audit_event_by_workspace on audit_event (workspace_id, id desc);

create function audit_event_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.seq is null and new.seq is not null
    and (to_jsonb(new) - 'seq' - 'hash') = (to_jsonb(old) - 'seq' - 'hash') then
    return new;
  end if;
  raise exception 'audit_event is append-only';
end $$;
create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function audit_event_is_append_only();
create trigger audit_event_no_truncate before truncate on audit_event
  for each statement execute function audit_event_is_append_only();
`;
