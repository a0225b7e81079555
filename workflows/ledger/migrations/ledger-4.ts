/** A run that nobody can take further (a defect of ours, facts of a later release) must be seen, and must not be tried every second. */
export const ledger4 = `
alter table run
  add column halted_since timestamptz,
  add column halted_code text;
`;
