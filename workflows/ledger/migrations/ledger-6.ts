/**
 * A claim changes no column that an index reads any more, so PostgreSQL writes it into the same page and touches no index
 * ("heap-only tuples"); the pages keep room for it.
 */
export const ledger6 = `
alter table effect add constraint effect_settled check ((settled_at is null) = (state in ('intent', 'sending')));
drop index effect_open_by_connection;
create index effect_open_by_connection on effect (connection_id) where settled_at is null;
drop index effect_sent_in_doubt;
create index effect_sent_in_doubt on effect (settled_at) where doubt_since is not null;
alter table effect set (fillfactor = 60);
alter table effect_attempt set (fillfactor = 70);
`;
