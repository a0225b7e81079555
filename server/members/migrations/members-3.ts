export const members3 = `
-- A token has a role, or permissions of its own; lists of ids narrow what it reaches, null is all.
alter table api_token alter column role drop not null;
alter table api_token add column permissions text[];
alter table api_token add column flow_ids uuid[];
alter table api_token add column source_ids uuid[];
alter table api_token add column connection_ids uuid[];
alter table api_token add column prefix text;
alter table api_token add constraint api_token_role_or_permissions check ((role is null) <> (permissions is null));
`;
