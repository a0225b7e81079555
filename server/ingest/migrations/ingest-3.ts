/**
 * What employees say stays theirs while it is held, whatever becomes of its source's settings. Null: of nobody who must be kept apart, or from
 * before this was kept; then it is theirs where its source is, or ever was.
 */
export const ingest3 = `
alter table quarantine add column domain text;
update quarantine set domain = 'employee' from source
where source.id = quarantine.source_id and (source.settings ->> 'domain' = 'employee'
  or exists (select from revision where revision.source_id = source.id and revision.domain = 'employee'));
`;
