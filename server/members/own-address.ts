import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import { DomainError } from "../errors.js";
import type { Actor } from "../http/route.js";
import type { Vault } from "../privacy/vault.js";
import { allProviders } from "../sign-in-providers/all-providers.js";
import { mayDo } from "./authorize.js";
import { blindEmail } from "./member-details.js";
import { permissions } from "./permissions.js";

/** Where a provider or a directory goes by addresses, whoever has one is taken for its owner: there an admin alone gives another. */
export const mayChangeAddress = async (reader: Reader, actor: Actor): Promise<boolean> =>
  mayDo(actor, "members:manage") || !(await isGoneByAddresses(reader, actor.workspaceId));

/** Whether a sign-in provider, or a token that provisions, may find members by their address. */
async function isGoneByAddresses(reader: Reader, workspaceId: string): Promise<boolean> {
  const { rows } = await sql`
    select from ${allProviders} as provider where workspace_id = ${workspaceId}
    union all
    select from api_token where workspace_id = ${workspaceId} and revoked_at is null
      and (expires_at is null or expires_at > lw_now())
      and ('members:provision' = any(permissions) or role = any(${[...permissions["members:provision"]]}::text[]))`.execute(
    reader,
  );
  return rows.length > 0;
}

interface NewAddress {
  readonly actor: Actor;
  readonly email: string | undefined;
  readonly email_blind: Buffer | null;
}

/** Throws where somebody gives themselves an address that is not theirs already. */
export async function refuseOwnAddress(tx: Tx, vault: Vault, { actor, email, email_blind }: NewAddress): Promise<void> {
  if (email === undefined || (await mayChangeAddress(tx, actor))) return;
  const { workspaceId } = actor;
  if (!isSame(email_blind, await blindEmail(tx, vault, { workspaceId, email }))) throw addressByAdmin();
}

export const isSame = (one: Buffer | null, other: Buffer): boolean => one?.equals(other) ?? false;

const addressByAdmin = (): DomainError =>
  new DomainError({
    status: 403,
    code: "address_by_admin",
    message: "An admin changes addresses here: a sign-in provider or a directory knows people by them.",
  });
