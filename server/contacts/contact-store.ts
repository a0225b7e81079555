import type { Feedback } from "../../integrations/feedback.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Reader, Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import type { ContactTables } from "./contact-tables.js";
import { accountKeys, accountNameKey, contactKeys } from "./identity.js";
import { resolveIdentities, type Resolved, type Wanted } from "./resolve-identities.js";

/** Whom a response belongs to. */
export interface Owner {
  readonly contactId: string | null;
  readonly accountId: string | null;
  /** The contact's subject, or null where the response needs one of its own. */
  readonly subjectId: string | null;
}

export interface OwnerRequest {
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly feedback: Feedback;
}

/** Finds or makes contact and account of each response, in the order asked. */
export async function resolveOwners(tx: Tx, vault: Vault, requests: readonly OwnerRequest[]): Promise<Owner[]> {
  const accounts = await resolveSome(tx, vault, "account", accountsWanted(requests));
  await makeAccounts(tx, vault, requests, accounts);
  const contacts = await resolveSome(tx, vault, "contact", contactsWanted(requests));
  await makeContacts(tx, vault, requests, { contacts, accounts });
  const subjects = await subjectsOf(tx, contacts);
  return requests.map((_, index) => {
    const contactId = contacts[index]?.id ?? null;
    return {
      contactId,
      accountId: accounts[index]?.id ?? null,
      subjectId: contactId === null ? null : (subjects.get(contactId) ?? null),
    };
  });
}

type MaybeResolved = (Resolved | null)[];

const accountsWanted = (requests: readonly OwnerRequest[]): Wanted[] =>
  requests.map(({ workspaceId, sourceId, feedback }) => ({ workspaceId, keys: accountKeys(sourceId, feedback) }));

const contactsWanted = (requests: readonly OwnerRequest[]): Wanted[] =>
  requests.map(({ workspaceId, sourceId, feedback }) => ({ workspaceId, keys: contactKeys(sourceId, feedback) }));

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
function firstOfNew(resolved: MaybeResolved, requests: readonly OwnerRequest[]) {
  const made = new Map<string, { request: OwnerRequest; index: number }>();
  for (const [index, request] of requests.entries()) {
    const entry = resolved[index];
    if (entry?.isNew && !made.has(entry.id)) made.set(entry.id, { request, index });
  }
  return [...made].map(([id, entry]) => ({ id, subjectId: uuidv7(), ...entry }));
}

async function makeAccounts(
  tx: Tx,
  vault: Vault,
  requests: readonly OwnerRequest[],
  resolved: MaybeResolved,
): Promise<void> {
  const made = firstOfNew(resolved, requests);
  if (made.length === 0) return;
  await vault.createSubjects(
    tx,
    made.map(({ subjectId, request }) => ({ id: subjectId, workspaceId: request.workspaceId, kind: "account" })),
  );
  const names = await vault.seal(
    tx,
    made.map(({ id, subjectId, request }) => ({
      subjectId,
      place: `account.name|${id}`,
      value: request.feedback.account.name,
    })),
  );
  const rows = made.map(({ id, subjectId, request }, index) => ({
    id,
    workspace_id: request.workspaceId,
    subject_id: subjectId,
    name: request.feedback.account.name === null ? null : (names[index] ?? null),
    attributes: "{}",
    created_at: new Date(),
  }));
  await tx.withTables<ContactTables>().insertInto("account").values(rows).execute();
}

async function makeContacts(
  tx: Tx,
  vault: Vault,
  requests: readonly OwnerRequest[],
  resolved: { contacts: MaybeResolved; accounts: MaybeResolved },
): Promise<void> {
  const made = firstOfNew(resolved.contacts, requests);
  if (made.length === 0) return;
  await vault.createSubjects(
    tx,
    made.map(({ subjectId, request }) => ({ id: subjectId, workspaceId: request.workspaceId, kind: "contact" })),
  );
  const fields = ["name", "email", "phone"] as const;
  const cells = await vault.seal(
    tx,
    made.flatMap(({ id, subjectId, request }) =>
      fields.map((field) => ({
        subjectId,
        place: `contact.${field}|${id}`,
        value: request.feedback.respondent[field],
      })),
    ),
  );
  const rows = made.map(({ id, subjectId, request, index }, place) => {
    const cell = (field: (typeof fields)[number]): Buffer | null =>
      request.feedback.respondent[field] === null
        ? null
        : (cells[place * fields.length + fields.indexOf(field)] ?? null);
    return {
      id,
      workspace_id: request.workspaceId,
      subject_id: subjectId,
      account_id: resolved.accounts[index]?.id ?? null,
      name: cell("name"),
      email: cell("email"),
      phone: cell("phone"),
      attributes: "{}",
      created_at: new Date(),
    };
  });
  await tx.withTables<ContactTables>().insertInto("contact").values(rows).execute();
}

async function subjectsOf(tx: Tx, contacts: MaybeResolved): Promise<Map<string, string>> {
  const ids = [...new Set(contacts.flatMap((entry) => (entry ? [entry.id] : [])))];
  if (ids.length === 0) return new Map();
  const rows = await tx
    .withTables<ContactTables>()
    .selectFrom("contact")
    .select(["id", "subject_id"])
    .where("id", "in", ids)
    .execute();
  return new Map(rows.map(({ id, subject_id }) => [id, subject_id]));
}

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

/** An account that the workspace knows by its name, with its declared attributes. */
export async function ensureAccount(
  tx: Tx,
  vault: Vault,
  {
    workspaceId,
    name,
    attributes,
  }: { workspaceId: string; name: string; attributes: Readonly<Record<string, string | number>> },
): Promise<string> {
  const [resolved] = await resolveIdentities(tx, vault, "account", [{ workspaceId, keys: [accountNameKey(name)] }]);
  if (!resolved) throw new Error("an account was neither found nor made");
  const db = tx.withTables<ContactTables>();
  if (resolved.isNew) {
    const subjectId = uuidv7();
    await vault.createSubjects(tx, [{ id: subjectId, workspaceId, kind: "account" }]);
    const [sealed = null] = await vault.seal(tx, [{ subjectId, place: `account.name|${resolved.id}`, value: name }]);
    const row = {
      id: resolved.id,
      workspace_id: workspaceId,
      subject_id: subjectId,
      name: sealed,
      created_at: new Date(),
    };
    await db
      .insertInto("account")
      .values({ ...row, attributes: "{}" })
      .execute();
  }
  await db
    .updateTable("account")
    .set({ attributes: JSON.stringify(attributes) })
    .where("id", "=", resolved.id)
    .execute();
  return resolved.id;
}
