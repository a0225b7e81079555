import { z } from "zod";
import { NIL_UUID } from "../../workflows/ledger/uuid.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import { findAccount, lockMember } from "../members/account-store.js";
import { changeMember } from "../members/change-member.js";
import { endCredentials } from "../members/end-credentials.js";
import { blindEmail, openEachDetails, type OpenedDetails } from "../members/member-details.js";
import type { Role } from "../members/member-api.js";
import type { Members } from "../members/members.js";
import { isSame } from "../members/own-address.js";
import type { Vault } from "../privacy/vault.js";
import { SCIM, type ScimUser } from "./scim-api.js";
import type { ScimChange } from "./scim-change.js";
import { scimRefusal } from "./scim-errors.js";
import type { ScimFilter } from "./scim-filter.js";
import * as store from "./scim-store.js";

export interface ScimServiceDependencies {
  readonly db: Db;
  readonly vault: Vault;
  readonly members: Members;
  readonly publicUrl: string;
}

export interface ScimListQuery {
  readonly filter: ScimFilter | null;
  /** From 1. */
  readonly startIndex: number;
  readonly count: number;
}

/** The members of a workspace as a directory keeps them. It makes nobody an admin, and takes the last one out never. */
export const createScimService = (own: ScimServiceDependencies) => ({
  list: (actor: Actor, query: ScimListQuery): Promise<{ total: number; users: ScimUser[] }> => list(own, actor, query),
  find: (actor: Actor, id: string): Promise<ScimUser> => find(own, own.db, { actor, id }),
  create: (actor: Actor, wanted: ScimChange & { readonly email: string }): Promise<ScimUser> =>
    transact(own.db, (tx) => create(own, tx, { actor, wanted })),
  change: (actor: Actor, id: string, change: ScimChange): Promise<ScimUser> =>
    transact(own.db, async (tx) => {
      await find(own, tx, { actor, id });
      await apply(own, tx, { actor, id, change });
      return find(own, tx, { actor, id });
    }),
  remove: (actor: Actor, id: string): Promise<void> =>
    transact(own.db, async (tx) => {
      await find(own, tx, { actor, id });
      await apply(own, tx, { actor, id, change: { active: false } });
      await store.markDeprovisioned(tx, id);
    }),
});

export type ScimService = ReturnType<typeof createScimService>;

interface Target {
  readonly actor: Actor;
  readonly id: string;
}

async function list(
  own: ScimServiceDependencies,
  { workspaceId }: Actor,
  { filter, startIndex, count }: ScimListQuery,
) {
  const which = { workspaceId, by: filter && (await lookUp(own, workspaceId, filter)) };
  const rows = await store.listUsers(own.db, which, { from: startIndex - 1, count });
  return { total: await store.countUsers(own.db, which), users: await viewsOf(own, own.db, rows) };
}

async function lookUp({ db, vault }: ScimServiceDependencies, workspaceId: string, { attribute, value }: ScimFilter) {
  if (attribute === "externalId") return { externalId: value };
  // What is no id is nobody's.
  if (attribute === "id") return { id: z.uuid().safeParse(value).data ?? NIL_UUID };
  return { emailBlind: await transact(db, (tx) => blindEmail(tx, vault, { workspaceId, email: value })) };
}

async function find(own: ScimServiceDependencies, reader: Reader, { actor, id }: Target): Promise<ScimUser> {
  const which = { workspaceId: actor.workspaceId, by: { id } };
  const [user] = await viewsOf(own, reader, await store.listUsers(reader, which, { from: 0, count: 1 }));
  if (!user) throw notFound("user");
  return user;
}

const FIRST_ROLE: Role = "viewer";

/** Somebody whom the directory took out comes back as who they were, so that what they did stays theirs. */
async function create(
  own: ScimServiceDependencies,
  tx: Tx,
  { actor, wanted }: { readonly actor: Actor; readonly wanted: ScimChange & { readonly email: string } },
): Promise<ScimUser> {
  const { email, name = email, role = FIRST_ROLE, active = true, externalId } = wanted;
  refuseAdmin(role, null);
  const { workspaceId } = actor;
  const known = await store.findDeprovisioned(tx, workspaceId, await blindEmail(tx, own.vault, { workspaceId, email }));
  const by = { kind: actor.kind, id: actor.id } as const;
  const id =
    known?.id ?? (await own.members.invite(tx, { workspaceId, by, name, email, role, action: "member.provisioned" }));
  if (known) await claim(tx, { actor, id });
  else await store.markClaimed(tx, id);
  if (known || !active) await changeMember(tx, own.vault, { actor, id, change: { name, role, active } });
  if (externalId !== undefined) await store.storeExternalId(tx, id, externalId);
  return find(own, tx, { actor, id });
}

async function apply(
  { vault }: ScimServiceDependencies,
  tx: Tx,
  { actor, id, change: { externalId, ...change } }: Target & { readonly change: ScimChange },
): Promise<void> {
  const before = await lockMember(tx, id);
  if (!before) throw notFound("user");
  refuseAdmin(change.role, before.role);
  if (before.role === "admin") await refuseAdminsAddress(tx, vault, { before, email: change.email });
  else await claim(tx, { actor, id });
  if (Object.values(change).some((value) => value !== undefined)) await changeMember(tx, vault, { actor, id, change });
  if (externalId !== undefined) await store.storeExternalId(tx, id, externalId);
}

/** Who is one stays one when the directory says so; nobody becomes one by it. */
function refuseAdmin(role: Role | undefined, before: Role | null): void {
  if (role === "admin" && before !== "admin")
    throw scimRefusal("invalidValue", "Nobody becomes an admin by provisioning: an admin here gives that role.");
}

/**
 * The first time, what they signed in with ends: nobody had proved that the address by which the directory found them was theirs. Admins are above the
 * directory, which neither makes them nor shuts them out.
 */
async function claim(tx: Tx, { actor, id }: Target): Promise<void> {
  const { workspaceId, kind, id: by } = actor;
  if (await store.markClaimed(tx, id)) await endCredentials(tx, { workspaceId, memberId: id, by: { kind, id: by } });
}

interface AdminsAddress {
  readonly before: { readonly id: string; readonly workspace_id: string; readonly email_blind: Buffer | null };
  readonly email: string | undefined;
}

/** An admin who is not linked yet is whoever the provider knows by their address, so a directory would choose who that is. */
async function refuseAdminsAddress(tx: Tx, vault: Vault, { before, email }: AdminsAddress): Promise<void> {
  if (email === undefined) return;
  const { id, workspace_id: workspaceId, email_blind: now } = before;
  if (isSame(now, await blindEmail(tx, vault, { workspaceId, email }))) return;
  if ((await findAccount(tx, id))?.is_linked) return;
  throw scimRefusal(
    "mutability",
    "An admin's address is changed by an admin here, until they came in by the provider.",
  );
}

async function viewsOf(
  { vault, publicUrl }: ScimServiceDependencies,
  reader: Reader,
  rows: readonly store.UserRow[],
): Promise<ScimUser[]> {
  const users = await openEachDetails(reader, vault, rows);
  return users.map((user) => viewOf(user, publicUrl));
}

type User = Omit<store.UserRow, keyof OpenedDetails> & OpenedDetails;

/** The first admin has no address until they give one: their id stands in for it. */
function viewOf({ name, email, ...row }: User, publicUrl: string): ScimUser {
  const shown = name ?? "—";
  return {
    schemas: [SCIM.user],
    id: row.id,
    ...(row.external_id !== null && { externalId: row.external_id }),
    userName: email ?? row.id,
    displayName: shown,
    name: { formatted: shown },
    active: row.active,
    emails: email ? [{ value: email, type: "work", primary: true }] : [],
    roles: [{ value: row.role, primary: true }],
    meta: {
      resourceType: "User",
      created: row.created_at.toISOString(),
      location: `${publicUrl}${SCIM.base}/Users/${row.id}`,
    },
  };
}
