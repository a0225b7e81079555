import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { audit, type AuditEntry } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Reader, Tx } from "../db/database.js";
import { notFound } from "../errors.js";
import type { Vault } from "../privacy/vault.js";
import type { Role } from "./member-api.js";
import { storePassword, updateMember } from "./account-store.js";
import { endCredentials } from "./end-credentials.js";
import { blindEmail, openNames, sealDetails } from "./member-details.js";
import * as store from "./member-store.js";
import { endSessions } from "./sessions.js";
import { dropOpenLinks } from "./sign-in.js";

export interface Person {
  readonly name: string;
  readonly email: string | null;
}

export interface Invited extends Person {
  readonly email: string;
  readonly workspaceId: string;
  readonly role: Role;
  readonly by: AuditEntry["actor"];
  /** Unless told otherwise somebody invited them. */
  readonly action?: AuditAction;
}

export interface Installation {
  readonly installationId: string;
  readonly workspaceId: string;
  readonly adminId: string;
}

export interface Members {
  /** The installation with its workspace and first admin; made when missing. Any number of processes may ask at once. */
  ensureInstallation(tx: Tx, first: { readonly workspaceName: string; readonly admin: Person }): Promise<Installation>;
  /** An admin with this address: a new one, or whoever has it already, without what they signed in with before. */
  ensureAdmin(tx: Tx, workspaceId: string, person: Person & { readonly email: string }): Promise<string>;
  /** A new member who has nothing to sign in with but links. Throws where the address is taken. */
  invite(tx: Tx, invited: Invited): Promise<string>;
  /** The id of who may sign in with this address. Throws where nobody does. */
  whoHas(tx: Tx, workspaceId: string, email: string): Promise<string>;
  /** By whoever runs the machine; what they had open ends. */
  setAdminPassword(
    tx: Tx,
    given: { readonly workspaceId: string; readonly memberId: string; readonly hash: string },
  ): Promise<void>;
  /** Display names by id; members whose key is gone are left out. */
  names(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  name(reader: Reader, id: string): Promise<string | null>;
}

/** Who an installation belongs to until it is told. */
export const firstMembers = { workspaceName: "My workspace", admin: { name: "Admin", email: null } } as const;

export const createMembers = (vault: Vault): Members => ({
  names: (reader, ids) => names(reader, vault, ids),
  name: async (reader, id) => (await names(reader, vault, [id])).get(id) ?? null,

  async ensureInstallation(tx, { workspaceName, admin }) {
    await sql`select pg_advisory_xact_lock(hashtext('loopwright.installation'))`.execute(tx);
    const installationId = (await store.findInstallation(tx))?.id ?? (await store.insertInstallation(tx));
    const workspaceId = (await store.firstWorkspace(tx))?.id ?? (await store.insertWorkspace(tx, workspaceName));
    const known = await store.firstAdmin(tx, workspaceId);
    const adminId = known?.id ?? (await create(tx, vault, { ...admin, workspaceId, role: "admin" }));
    return { installationId, workspaceId, adminId };
  },

  invite: (tx, { by, action = "member.invited", ...person }) => create(tx, vault, person, { by, action }),

  async whoHas(tx, workspaceId, email) {
    const blind = await blindEmail(tx, vault, { workspaceId, email });
    const member = await store.findMemberByEmail(tx, workspaceId, blind);
    if (!member?.active) throw notFound("member who may sign in");
    return member.id;
  },

  async setAdminPassword(tx, { workspaceId, memberId, hash }) {
    await storePassword(tx, memberId, hash);
    await endSessions(tx, { memberId });
    await dropOpenLinks(tx, memberId);
    await record(tx, { ...byItself, workspaceId, memberId, action: "member.password_set", role: "admin" });
  },

  async ensureAdmin(tx, workspaceId, person) {
    const emailBlind = await blindEmail(tx, vault, { workspaceId, email: person.email });
    const known = await store.findMemberByEmail(tx, workspaceId, emailBlind);
    if (!known) return create(tx, vault, { ...person, workspaceId, role: "admin" });
    if (known.role === "admin" && known.active) return known.id;
    await endCredentials(tx, { workspaceId, memberId: known.id, by: byItself.by });
    await updateMember(tx, known.id, { role: "admin", active: true });
    await record(tx, { ...byItself, workspaceId, memberId: known.id, action: "member.made_admin", role: "admin" });
    return known.id;
  },
});

type NewMember = Person & { readonly workspaceId: string; readonly role: Role };

interface Told {
  readonly by: AuditEntry["actor"];
  readonly action: AuditAction;
}

/** At its first start, or from its command line. */
const byItself: Told = { by: { kind: "system", id: null }, action: "member.created" };

async function create(tx: Tx, vault: Vault, member: NewMember, told: Told = byItself): Promise<string> {
  const { workspaceId, role } = member;
  const [id, subjectId] = [uuidv7(), uuidv7()];
  await vault.createSubjects(tx, [{ id: subjectId, workspaceId, kind: "member" }]);
  const whose = { id, workspace_id: workspaceId, subject_id: subjectId };
  const { name, email = null, email_blind = null } = await sealDetails(tx, vault, whose, member);
  if (!name) throw new Error("a member's key was gone before the member was made");
  await store.insertMember(tx, { ...whose, role, name, email, email_blind });
  await record(tx, { ...told, workspaceId, memberId: id, role });
  return id;
}

async function names(reader: Reader, vault: Vault, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await store.memberNameCells(reader, [...new Set(ids)]);
  const names = await openNames(reader, vault, rows);
  return new Map(rows.flatMap(({ id }, index): [string, string][] => (names[index] ? [[id, names[index]]] : [])));
}

interface Recorded extends Told {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly role: Role;
}

const record = (tx: Tx, { workspaceId, memberId, by, action, role }: Recorded): Promise<void> =>
  audit(tx, { workspaceId, actor: by, action, target: { kind: "member", id: memberId }, data: { role } });
