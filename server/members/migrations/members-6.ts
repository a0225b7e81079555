/** The only rows that a team sees: `segment` is conditions on what was said, all of which hold; null accounts: of any, or of none. */
export const members6 = `
alter table team
  add column segment jsonb not null default '[]',
  add column account_ids uuid[];
`;
