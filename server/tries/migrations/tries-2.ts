export const tries2 = `
-- Of a version that is one step, done for real out of a try (decision 0036): the step, its run, and the hash of what was asked for.
-- Its number is below zero: no list of versions names it.
alter table flow_version add column step text;
alter table flow_version add column step_run uuid;
alter table flow_version add column step_asked bytea;
`;
