export const flows3 = `
-- The draft as it was drawn when it was published, so that it can be restored; null: published before that was kept.
alter table flow_version add column drawn jsonb;
`;
