export const scim1 = `
-- What a directory calls a member; and when it took them out, which hides them from it until somebody lets them in again.
alter table member add column external_id text;
alter table member add column deprovisioned_at timestamptz;
`;
