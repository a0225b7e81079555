import { sql } from "kysely";
import type { Purpose } from "../../workflows/flow/purpose.js";
import type { Tx } from "../db/database.js";
import type { Choices } from "./people-api.js";

export interface LockedContact {
  readonly id: string;
  readonly merged_into: string | null;
  readonly choices: Choices;
}

/** By id; who is not of this workspace is left out. Who stores what they said holds their key only, and is not waited for. */
export async function lockChoices(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LockedContact>> {
  const { rows } = await sql<{
    id: string;
    merged_into: string | null;
    restricted_at: Date | null;
    consents: Purpose[];
    objections: Purpose[];
  }>`
    select id, merged_into, restricted_at, consents, objections from contact
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) order by id for no key update`.execute(tx);
  return new Map(
    rows.map(({ id, merged_into, restricted_at, consents, objections }) => [
      id,
      { id, merged_into, choices: { restricted: restricted_at !== null, consents, objections } },
    ]),
  );
}

/** The stricter of both: what one forbids is forbidden, what only one agreed to was not agreed to. */
export const bothAllow = (one: Choices, other: Choices): Choices => ({
  restricted: one.restricted || other.restricted,
  consents: one.consents.filter((purpose) => other.consents.includes(purpose)),
  objections: [...new Set([...one.objections, ...other.objections])].sort(),
});

export const isSame = (one: Choices, other: Choices): boolean =>
  one.restricted === other.restricted &&
  sorted(one.consents) === sorted(other.consents) &&
  sorted(one.objections) === sorted(other.objections);

const sorted = (purposes: readonly Purpose[]): string => [...purposes].sort().join(" ");

/** For runs to come and for those that are open; the caller keeps runs from starting meanwhile. */
export async function writeChoices(
  tx: Tx,
  contactId: string,
  { restricted, consents, objections }: Choices,
): Promise<void> {
  await sql`
    update contact set consents = ${consents}::text[], objections = ${objections}::text[],
      restricted_at = case when ${restricted} then coalesce(restricted_at, lw_now()) end
    where id = ${contactId}`.execute(tx);
  await sql`
    update run set withheld = lw_withheld(run.purpose, contact.restricted_at, contact.objections, contact.consents)
    from response join contact on contact.id = response.contact_id
    where run.response_id = response.id and contact.id = ${contactId} and run.finished_at is null`.execute(tx);
}
