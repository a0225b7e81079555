/** A source may ask for somebody: the system that knows them deleted them for good. */
export const erasure2 = `
alter table erasure drop constraint erasure_ground_check;
alter table erasure add constraint erasure_ground_check check (ground in ('request', 'restored', 'source'));
alter table erasure add column source_id uuid;
`;
