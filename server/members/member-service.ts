import { transact } from "../../workflows/ledger/transact.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import type { Vault } from "../privacy/vault.js";
import * as store from "./account-store.js";
import { changeMember, type MemberChange } from "./change-member.js";
import type { Member, Role } from "./member-api.js";
import { openEachDetails } from "./member-details.js";
import type { Members } from "./members.js";
import { refuseBeyond, refuseRoleBeyond } from "./refuse-beyond.js";
import { createSignInLink, LINK_MS } from "./sign-in.js";

export interface MemberServiceDependencies {
  readonly db: Db;
  readonly vault: Vault;
  readonly members: Members;
  readonly publicUrl: string;
}

export interface Invitation {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

export interface Link {
  readonly url: string;
  readonly validUntil: string;
}

/** What an admin does with the people of a workspace. */
export const createMemberService = (own: MemberServiceDependencies) => ({
  list: (actor: Actor): Promise<Member[]> => list(own, own.db, actor.workspaceId),

  /** Loopwright sends no mail: the link is handed over by whoever invites. */
  invite: (actor: Actor, { name, email, role }: Invitation): Promise<{ member: Member; link: Link }> =>
    transact(own.db, async (tx) => {
      refuseRoleBeyond(actor, role);
      const by = { kind: actor.kind, id: actor.id } as const;
      const id = await own.members.invite(tx, { workspaceId: actor.workspaceId, by, name, email, role });
      const link = await makeLink(own, tx, { actor, id, validMs: LINK_MS.invitation });
      return { member: await find(own, tx, { actor, id }), link };
    }),

  change: (actor: Actor, id: string, change: MemberChange): Promise<Member> =>
    transact(own.db, async (tx) => {
      const before = await find(own, tx, { actor, id });
      if (change.role !== undefined && change.role !== before.role) refuseRoleBeyond(actor, change.role);
      if (changesWho(before, change)) await refuseBeyond(tx, actor, before);
      await changeMember(tx, own.vault, { actor, id, change });
      return find(own, tx, { actor, id });
    }),

  link: (actor: Actor, id: string): Promise<Link> =>
    transact(own.db, async (tx) => {
      const member = await find(own, tx, { actor, id });
      if (!member.active) throw conflict("member_put_out", "Let them in again first: a link would not sign them in.");
      await refuseBeyond(tx, actor, member);
      return makeLink(own, tx, { actor, id, validMs: LINK_MS.longest });
    }),
});

export type MemberService = ReturnType<typeof createMemberService>;

/** By their role, or by the address that a provider knows them by. */
const changesWho = (before: Member, { role = before.role, email }: MemberChange): boolean =>
  role !== before.role || (email !== undefined && email !== before.email);

interface Target {
  readonly actor: Actor;
  readonly id: string;
}

async function list({ vault }: MemberServiceDependencies, reader: Reader, workspaceId: string): Promise<Member[]> {
  const rows = await store.listAccounts(reader, workspaceId);
  const seen = await store.lastSeen(
    reader,
    rows.map(({ id }) => id),
  );
  const accounts = await openEachDetails(reader, vault, rows);
  return accounts.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    active: row.active,
    hasPassword: row.password_hash !== null,
    hasSecondFactor: row.totp_secret !== null,
    hasPasskey: row.has_passkey,
    isLinked: row.is_linked,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: seen.get(row.id)?.toISOString() ?? null,
  }));
}

async function find(own: MemberServiceDependencies, tx: Tx, { actor, id }: Target): Promise<Member> {
  const found = (await list(own, tx, actor.workspaceId)).find((member) => member.id === id);
  if (!found) throw notFound("member");
  return found;
}

async function makeLink(
  { publicUrl }: MemberServiceDependencies,
  tx: Tx,
  { actor, id, validMs }: Target & { readonly validMs: number },
): Promise<Link> {
  const by = { kind: actor.kind, id: actor.id } as const;
  const url = await createSignInLink(tx, { memberId: id, publicUrl, validMs, by });
  return { url, validUntil: new Date(Date.now() + validMs).toISOString() };
}
