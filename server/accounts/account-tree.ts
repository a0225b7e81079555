import { sql } from "kysely";
import type { Tx } from "../db/database.js";
import { unprocessable } from "../errors.js";

/** As deep as `lw_accounts_below` looks. */
const DEEPEST = 32;

export interface Placing {
  readonly id: string;
  /** Null: below none. */
  readonly parentId: string | null;
}

/**
 * Puts accounts below others; answers those that stand elsewhere than before. One at a time in a workspace, because two that fit each for
 * itself may close a ring together. Throws 422 where accounts would stand in a ring, or too deep.
 */
export async function placeAccounts(tx: Tx, workspaceId: string, placings: readonly Placing[]): Promise<Placing[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`accounts below ${workspaceId}`}, 0))`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    update account set parent_id = wanted.parent_id
    from unnest(${placings.map(({ id }) => id)}::uuid[], ${placings.map(({ parentId }) => parentId)}::uuid[])
      as wanted (id, parent_id)
    where account.id = wanted.id and account.workspace_id = ${workspaceId}
      and account.parent_id is distinct from wanted.parent_id
    returning account.id`.execute(tx);
  const moved = new Set(rows.map(({ id }) => id));
  await refuseRings(tx, [...moved]);
  return placings.filter(({ id }) => moved.has(id));
}

/** Looks up from these accounts and from all below them. */
async function refuseRings(tx: Tx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ in_ring: boolean | null; depth: number | null }>`
    with recursive up (start, id, depth) as (
      select account.id, account.parent_id, 0 from account where account.id in (select lw_accounts_below(${[...ids]}::uuid[]))
      union all
      select up.start, account.parent_id, up.depth + 1 from up join account on account.id = up.id
      where up.depth <= ${DEEPEST} and up.id <> up.start
    )
    select bool_or(start = id) as in_ring, max(depth) as depth from up`.execute(tx);
  const [found] = rows;
  if (found?.in_ring)
    throw unprocessable("account_ring", "An account cannot stand below itself, not by way of others either.");
  if ((found?.depth ?? 0) > DEEPEST)
    throw unprocessable(
      "accounts_too_deep",
      `Accounts can stand ${String(DEEPEST)} deep below one another, not deeper.`,
    );
}
