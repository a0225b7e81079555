export const execution1 = `
-- What was sent again in doubt: looked up once more when a double would show.
create index effect_sent_in_doubt on effect (settled_at) where state = 'done' and doubt_since is not null;
`;
