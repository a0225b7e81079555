/**
 * What makes a restored database stand still (docs/decisions/0010-restore-point.md). `lw_database_identity()` differs wherever the
 * rows may be older than what they say: another cluster, another timeline (recovered to a point in time, or promoted), or tables
 * that were made anew (a dump). Cluster and timeline cannot change under a session, so each asks once.
 */
export const ledger2 = `
-- An attempt that this restored database does not remember may have been sent until then.
alter table effect add column forgotten_until timestamptz;

create table ledger_state (
  only_one boolean primary key default true check (only_one),
  -- The database that effects go out from; on any other they stand still.
  identity text not null
);

-- What happened after the moment that a backup reaches, and before the operator named that moment, is not remembered.
create table restore_point (
  named_at timestamptz primary key,
  reaches timestamptz not null
);

create function lw_database_identity() returns text language plpgsql volatile as $$
declare
  cluster text := nullif(current_setting('loopwright.cluster', true), '');
begin
  if cluster is null then
    begin
      select system_identifier || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) into cluster from pg_control_system();
    exception when insufficient_privilege or feature_not_supported or undefined_function then
      cluster := 'unreadable';
    end;
    perform set_config('loopwright.cluster', cluster, false);
  end if;
  return cluster || '/' || 'ledger_state'::regclass::oid;
end $$;

create function lw_stands_still() returns boolean language sql volatile as
  'select identity <> lw_database_identity() from ledger_state';

insert into ledger_state (identity) values (lw_database_identity());
`;
