export const members5 = `
-- When a directory first wrote of them: from then on it, and the sign-in provider, say who they are.
alter table member add column claimed_at timestamptz;
`;
