/**
 * What a run is for, and why it may not act: processing that somebody had restricted, an objection, a consent that is missing. The function
 * is the one place that decides it, when a run starts and when a person's choice changes.
 */
export const ledger7 = `
alter table run
  add column purpose text not null default 'service' check (purpose in ('service', 'research', 'marketing')),
  add column withheld text check (withheld in ('restricted', 'objected', 'no_consent'));

create function lw_withheld(purpose text, restricted_at timestamptz, objections text[], consents text[]) returns text
language sql immutable as $$
  select case
    when restricted_at is not null then 'restricted'
    when purpose = any(objections) then 'objected'
    when purpose <> 'service' and not purpose = any(coalesce(consents, '{}')) then 'no_consent'
  end
$$;
`;
