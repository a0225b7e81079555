import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { audit } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Reader, Tx } from "../db/database.js";
import { normaliseEmail } from "../privacy/normalise-email.js";
import { openTexts } from "../privacy/open-texts.js";
import type { Vault } from "../privacy/vault.js";
import type { Role } from "./member-api.js";
import * as store from "./member-store.js";

export interface Person {
  readonly name: string;
  readonly email: string | null;
}

export interface Installation {
  readonly installationId: string;
  readonly workspaceId: string;
  readonly adminId: string;
}

export interface Members {
  /** The installation with its workspace and first admin; made when missing. Any number of processes may ask at once. */
  ensureInstallation(tx: Tx, first: { readonly workspaceName: string; readonly admin: Person }): Promise<Installation>;
  /** An admin with this address: a new one, or whoever has it already. */
  ensureAdmin(tx: Tx, workspaceId: string, person: Person & { readonly email: string }): Promise<string>;
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

  async ensureAdmin(tx, workspaceId, person) {
    const emailBlind = await blindEmail(tx, vault, { workspaceId, email: person.email });
    const known = await store.findMemberByEmail(tx, workspaceId, emailBlind);
    if (!known) return create(tx, vault, { ...person, workspaceId, role: "admin" });
    if (known.role === "admin" && known.active) return known.id;
    await store.makeAdmin(tx, known.id);
    await record(tx, { workspaceId, memberId: known.id, action: "member.made_admin", role: "admin" });
    return known.id;
  },
});

type NewMember = Person & { readonly workspaceId: string; readonly role: Role };

async function create(tx: Tx, vault: Vault, { workspaceId, role, name, email }: NewMember): Promise<string> {
  const [id, subjectId] = [uuidv7(), uuidv7()];
  await vault.createSubjects(tx, [{ id: subjectId, workspaceId, kind: "member" }]);
  const cells = [
    { subjectId, place: `member.name|${id}`, value: name },
    ...(email === null ? [] : [{ subjectId, place: `member.email|${id}`, value: email }]),
  ];
  const [sealedName, sealedEmail = null] = await vault.seal(tx, cells);
  if (!sealedName) throw new Error("a member's key was gone before the member was made");
  const emailBlind = email === null ? null : await blindEmail(tx, vault, { workspaceId, email });
  await store.insertMember(tx, { id, workspaceId, role, subjectId, name: sealedName, email: sealedEmail, emailBlind });
  await record(tx, { workspaceId, memberId: id, action: "member.created", role });
  return id;
}

async function names(reader: Reader, vault: Vault, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await store.memberNameCells(reader, [...new Set(ids)]);
  const cells = rows.map(({ id, name }) => ({ sealed: name, place: `member.name|${id}` }));
  const names = await openTexts(vault, reader, cells);
  return new Map(rows.flatMap(({ id }, index): [string, string][] => (names[index] ? [[id, names[index]]] : [])));
}

const blindEmail = (tx: Tx, vault: Vault, { workspaceId, email }: { workspaceId: string; email: string }) =>
  vault.blind(tx, workspaceId, `member.email:${normaliseEmail(email)}`);

interface Recorded {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly action: AuditAction;
  readonly role: Role;
}

/** Only the installation itself makes members so far: at its first start, or from its command line. */
const record = (tx: Tx, { workspaceId, memberId, action, role }: Recorded): Promise<void> =>
  audit(tx, {
    workspaceId,
    actor: { kind: "system", id: null },
    action,
    target: { kind: "member", id: memberId },
    data: { role },
  });
