/**
 * Flow keys: runs of one flow and key go one at a time. Where a flow has no key both columns are null, and no index knows the run.
 * `turn` is the run's place among those of its key, and 0 once it is its turn: being unique, it lets no two have it at once.
 */
export const ledger5 = `
alter table run
  add column flow_key bytea,
  add column turn bigint;
create sequence run_turn;
create unique index run_turns on run (flow_id, flow_key, turn) where flow_key is not null and finished_at is null;
`;
