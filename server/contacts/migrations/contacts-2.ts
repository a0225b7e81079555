/** What a contact allows: 'service' (follow up on what they said) needs no consent, the other purposes do. */
export const contacts2 = `
alter table contact
  add column restricted_at timestamptz,
  add column consents text[] not null default '{}',
  add column objections text[] not null default '{}';
`;
