/** Accounts that stand below others, and what was said by those of an account. */
export const contacts4 = `
alter table account add column parent_id uuid;
create index account_by_parent on account (parent_id) where parent_id is not null;
create index response_by_account on response (account_id) where account_id is not null;

-- These accounts and all below them. A ring is refused where accounts are put below others; should one stand here, the depth ends it.
create function lw_accounts_below(roots uuid[]) returns setof uuid language sql stable rows 100 as $$
  with recursive below (id, depth) as (
    select account.id, 0 from account where account.id = any(roots)
    union
    select account.id, below.depth + 1 from account join below on account.parent_id = below.id where below.depth < 32
  )
  select distinct id from below
$$;
`;
