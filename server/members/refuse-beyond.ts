import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import { DomainError } from "../errors.js";
import type { Actor } from "../http/route.js";
import { findAccount } from "./account-store.js";
import { permissionsOfActor } from "./authorize.js";
import type { Role } from "./member-api.js";
import { permissionsOf } from "./permissions.js";

const isBeyond = (actor: Actor, role: Role): boolean => {
  const own = permissionsOfActor(actor);
  return permissionsOf(role).some((permission) => !own.includes(permission));
};

/**
 * Who hands out a link, or changes an address, may sign in as whom it is for, and then do what only they may: throws 403 where that is more
 * than the actor may. A person may see to somebody who has never been here, or nobody could be invited to such a role; a token may not.
 */
export async function refuseBeyond(
  reader: Reader,
  actor: Actor,
  { id, role }: { readonly id: string; readonly role: Role },
): Promise<void> {
  if (!isBeyond(actor, role)) return;
  if (actor.kind === "member" && (await isNew(reader, id))) return;
  throw beyond(
    "This member may do what you may not: nobody signs in as them but they. The command line can help them.",
  );
}

/** A token would be whom it makes. */
export function refuseRoleBeyond(actor: Actor, role: Role): void {
  if (actor.kind !== "token" || !isBeyond(actor, role)) return;
  throw beyond("This token gives no role that may do more than itself. An admin can, signed in.");
}

const beyond = (message: string): DomainError => new DomainError({ status: 403, code: "more_than_own", message });

/** Nothing to sign in with, and no link of theirs was ever used. */
async function isNew(reader: Reader, memberId: string): Promise<boolean> {
  const account = await findAccount(reader, memberId);
  if (!account || account.password_hash !== null || account.has_passkey || account.is_linked) return false;
  const { rows } = await sql`
    select from sign_in_link where member_id = ${memberId} and used_at is not null
    union all select from session where member_id = ${memberId}`.execute(reader);
  return rows.length === 0;
}
