import { auditBy } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Tx } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import type { Vault } from "../privacy/vault.js";
import * as store from "./account-store.js";
import { sealDetails } from "./member-details.js";
import type { Member, Role } from "./member-api.js";
import { endSessions } from "./sessions.js";
import { dropOpenLinks } from "./sign-in.js";

export interface MemberChange {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly role?: Role | undefined;
  readonly active?: boolean | undefined;
}

export interface ChangedMember {
  readonly actor: Actor;
  readonly id: string;
  readonly change: MemberChange;
}

/** Whoever does it: the last admin who may sign in stays, and what changes of a role or of access counts at once. */
export async function changeMember(tx: Tx, vault: Vault, { actor, id, change }: ChangedMember): Promise<void> {
  const before = await store.lockMember(tx, id);
  if (before?.workspace_id !== actor.workspaceId) throw notFound("member");
  const after = { role: change.role ?? before.role, active: change.active ?? before.active };
  if (isAdmin(before) && !isAdmin(after)) await refuseLastAdmin(tx, before);
  const details = await sealDetails(tx, vault, before, change);
  await store.updateMember(tx, id, { ...details, ...after });
  // What they could do a moment ago they must not go on doing.
  if (after.role !== before.role || !after.active) {
    await endSessions(tx, { memberId: id });
    await dropOpenLinks(tx, id);
  }
  await auditBy(tx, actor, {
    action: actionOf(before.active, after.active),
    target: { kind: "member", id },
    data: { role: after.role },
  });
}

const isAdmin = ({ role, active }: Pick<Member, "role" | "active">): boolean => role === "admin" && active;

async function refuseLastAdmin(tx: Tx, { id, workspace_id }: { id: string; workspace_id: string }): Promise<void> {
  if (await store.hasOtherAdmin(tx, workspace_id, id)) return;
  throw conflict("last_admin", "This is the only admin who may sign in. Make somebody else an admin first.");
}

const actionOf = (before: boolean, after: boolean): AuditAction =>
  before === after ? "member.changed" : after ? "member.let_in" : "member.put_out";
