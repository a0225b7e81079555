/** Addresses and numbers that stand in what somebody said, blinded: a person is found by them wherever they were typed. */
export const people1 = `
create table mention (
  workspace_id uuid not null,
  blind bytea not null,
  response_id uuid not null,
  primary key (workspace_id, blind, response_id)
);
create index mention_by_response on mention (response_id);
`;
