/**
 * What was written and read by nobody: ids of deliveries (what is the same is told by its content), and columns. Processes of the version
 * before may still write it while this runs, so it is emptied and may be left out from here on, and goes in a later version. In the order
 * in which whoever stores feedback takes them.
 */
export const ingest2 = `
-- Revisions are counted where they stand. Whoever still counts here finds each new response with its first.
alter table response alter column revisions set default 1;
alter table contact drop column attributes;
alter table revision alter column kind drop not null, alter column complete drop not null;
alter table employee_group alter column source_id drop not null;
truncate delivery;
`;
