export const ledger3 = `
-- Until when a Retry-After holds the scope: a slot reserved before it and lying within it is void.
alter table rate_slot add column held_until timestamptz;

-- The dispatcher walks from workspace to workspace, and takes the oldest of each.
create index run_queued_by_workspace on run (workspace_id, due_at) where finished_at is null and not driven;
create index notice_queued_by_workspace on notice (workspace_id, due_at) where finished_at is null and not driven;
drop index run_queued;
drop index notice_queued;
`;
