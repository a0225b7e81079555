import type { Feedback } from "../../integrations/feedback.js";
import { insertRows } from "../../workflows/ledger/rows.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Reader, Tx } from "../db/database.js";
import { sealColumns } from "../privacy/seal-columns.js";
import type { Vault } from "../privacy/vault.js";
import type { ContactTables } from "./contact-tables.js";
import { accountKeys, accountNameKey, contactKeys } from "./identity.js";
import { knownContacts } from "./known-contacts.js";
import { resolveIdentities, type Resolved, type Wanted } from "./resolve-identities.js";

/** Whom a response belongs to. */
export interface Owner {
  readonly contactId: string | null;
  /** Who said it, where another stands for both by now. */
  readonly ownContactId: string | null;
  readonly accountId: string | null;
  /** The contact's subject, or null where the response needs one of its own. */
  readonly subjectId: string | null;
}

/** What an event says of whom it is from; an event fits as it is. */
export interface OwnerRequest {
  readonly workspaceId: string;
  readonly source: { readonly id: string };
  readonly feedback: Feedback;
}

export interface Owned<Request extends OwnerRequest> {
  readonly request: Request;
  readonly owner: Owner;
}

/** A request with what its keys led to; null where it had none. */
interface Found<Request extends OwnerRequest> {
  readonly request: Request;
  readonly account: Resolved | null;
  readonly contact: Resolved | null;
}

/** Finds or makes contact and account of each response, in the order asked. */
export async function resolveOwners<Request extends OwnerRequest>(
  tx: Tx,
  vault: Vault,
  requests: readonly Request[],
): Promise<Owned<Request>[]> {
  const accounts = await resolveSome(tx, vault, "account", requests.map(accountWanted));
  const contacts = await resolveSome(tx, vault, "contact", requests.map(contactWanted));
  const found = requests.map((request, index) => ({
    request,
    account: accounts[index] ?? null,
    contact: contacts[index] ?? null,
  }));
  await makeAccounts(tx, vault, found);
  const made = await makeContacts(tx, vault, found);
  const known = await knownContacts(tx, foundBefore(contacts));
  const subjects = new Map([...made, ...known.subjects]);
  return found.map(({ request, account, contact }) => ({
    request,
    owner: {
      ...contactOf(contact?.id ?? null, known.roots),
      accountId: account?.id ?? null,
      subjectId: contact === null ? null : (subjects.get(contact.id) ?? null),
    },
  }));
}

const foundBefore = (contacts: MaybeResolved): string[] => [
  ...new Set(contacts.flatMap((entry) => (entry && !entry.isNew ? [entry.id] : []))),
];

const contactOf = (
  id: string | null,
  roots: ReadonlyMap<string, string>,
): Pick<Owner, "contactId" | "ownContactId"> => {
  const root = roots.get(id ?? "");
  return root === undefined ? { contactId: id, ownContactId: null } : { contactId: root, ownContactId: id };
};

const accountWanted = ({ workspaceId, source, feedback }: OwnerRequest): Wanted => ({
  workspaceId,
  keys: accountKeys(source.id, feedback),
});

const contactWanted = ({ workspaceId, source, feedback }: OwnerRequest): Wanted => ({
  workspaceId,
  keys: contactKeys(source.id, feedback),
  byDay: feedback.domain === "employee",
});

type MaybeResolved = (Resolved | null)[];

/** Who came without any key stays nobody. */
async function resolveSome(
  tx: Tx,
  vault: Vault,
  what: "contact" | "account",
  wanted: readonly Wanted[],
): Promise<MaybeResolved> {
  const known = wanted.flatMap((one, index) => (one.keys.length > 0 ? [{ ...one, index }] : []));
  const resolved = await resolveIdentities(tx, vault, what, known);
  const byIndex = new Map(known.map(({ index }, place) => [index, resolved[place] ?? null]));
  return wanted.map((_, index) => byIndex.get(index) ?? null);
}

/** The first request that names a new id brings its row. */
function firstOfNew(found: readonly Found<OwnerRequest>[], what: "account" | "contact") {
  const made = new Map<string, Found<OwnerRequest>>();
  for (const one of found) {
    const resolved = one[what];
    if (resolved?.isNew && !made.has(resolved.id)) made.set(resolved.id, one);
  }
  return [...made].map(([id, one]) => ({ id, workspaceId: one.request.workspaceId, ...one }));
}

const makeAccounts = (tx: Tx, vault: Vault, found: readonly Found<OwnerRequest>[]): Promise<void> =>
  insertAccounts(
    tx,
    vault,
    firstOfNew(found, "account").map(({ id, workspaceId, request }) => ({
      id,
      workspaceId,
      name: request.feedback.account.name,
    })),
  );

async function insertAccounts(
  tx: Tx,
  vault: Vault,
  accounts: readonly { readonly id: string; readonly workspaceId: string; readonly name: string | null }[],
): Promise<void> {
  if (accounts.length === 0) return;
  const made = await withNewSubjects(tx, vault, { kind: "account", rows: accounts });
  const sealed = await sealColumns(vault, tx, {
    table: "account",
    columns: ["name"],
    rows: made.map(({ id, subjectId, name }) => ({ id, subjectId, values: { name } })),
  });
  const rows = made.map(({ id, workspaceId, subjectId }, index) => ({
    ...rowOf({ id, workspaceId, subjectId }),
    name: sealed[index]?.name ?? null,
  }));
  await tx.withTables<ContactTables>().insertInto("account").values(rows).execute();
}

/** Answers the subjects of the new ones. */
async function makeContacts(
  tx: Tx,
  vault: Vault,
  found: readonly Found<OwnerRequest>[],
): Promise<readonly (readonly [id: string, subjectId: string])[]> {
  const fresh = firstOfNew(found, "contact");
  if (fresh.length === 0) return [];
  const made = await withNewSubjects(tx, vault, { kind: "contact", rows: fresh });
  const sealed = await sealColumns(vault, tx, {
    table: "contact",
    columns: ["name", "email", "phone"],
    rows: made.map(({ id, subjectId, request }) => ({ id, subjectId, values: request.feedback.respondent })),
  });
  const at = new Date();
  await insertRows(tx, {
    into: "contact",
    rows: made.map((contact, index) => ({ ...contact, cells: sealed[index] })),
    columns: {
      id: ["uuid", ({ id }) => id],
      workspace_id: ["uuid", ({ workspaceId }) => workspaceId],
      subject_id: ["uuid", ({ subjectId }) => subjectId],
      name: ["bytea", ({ cells }) => cells?.name ?? null],
      email: ["bytea", ({ cells }) => cells?.email ?? null],
      phone: ["bytea", ({ cells }) => cells?.phone ?? null],
      created_at: ["timestamptz", () => at],
    },
  });
  return made.map(({ id, subjectId }) => [id, subjectId]);
}

async function withNewSubjects<Row extends { readonly workspaceId: string }>(
  tx: Tx,
  vault: Vault,
  { kind, rows }: { kind: "account" | "contact"; rows: readonly Row[] },
): Promise<(Row & { readonly subjectId: string })[]> {
  const made = rows.map((row) => ({ ...row, subjectId: uuidv7() }));
  await vault.createSubjects(
    tx,
    made.map(({ subjectId, workspaceId }) => ({ id: subjectId, workspaceId, kind })),
  );
  return made;
}

const rowOf = ({ id, workspaceId, subjectId }: { id: string; workspaceId: string; subjectId: string }) => ({
  id,
  workspace_id: workspaceId,
  subject_id: subjectId,
  attributes: "{}",
  created_at: new Date(),
});

/** Clear attributes of accounts, by id: what triggers may read. */
export async function accountAttributes(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const db = reader.withTables<ContactTables>();
  const rows = await db.selectFrom("account").select(["id", "attributes"]).where("id", "in", wanted).execute();
  return new Map(rows.map(({ id, attributes }) => [id, attributes]));
}

/** Accounts that the workspace knows by these names, found or made, in the order asked. */
export async function accountsNamed(
  tx: Tx,
  vault: Vault,
  workspaceId: string,
  names: readonly string[],
): Promise<{ readonly ids: readonly string[]; readonly made: number }> {
  const wanted = names.map((name) => ({ workspaceId, keys: [accountNameKey(name)] }));
  const resolved = await resolveIdentities(tx, vault, "account", wanted);
  const fresh = new Map(
    resolved.flatMap(({ id, isNew }, place) => (isNew ? [[id, { id, workspaceId, name: names[place] ?? null }]] : [])),
  );
  await insertAccounts(tx, vault, [...fresh.values()]);
  return { ids: resolved.map(({ id }) => id), made: fresh.size };
}
