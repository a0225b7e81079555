import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Reader, Tx } from "../db/database.js";
import { createMembers } from "../members/members.js";
import { openTexts } from "../privacy/open-texts.js";
import type { Vault } from "../privacy/vault.js";
import type { ContactTables } from "./contact-tables.js";

/** Somebody known from a chat system. */
export interface Person {
  readonly id: string;
  readonly externalId: string;
  readonly active: boolean;
}

export interface PersonSeen {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly externalId: string;
  readonly name: string;
}

/** Whoever a verified message names is known from then on; being known is no authority by itself. */
export async function meetPerson(tx: Tx, vault: Vault, seen: PersonSeen): Promise<Person> {
  const db = tx.withTables<ContactTables>();
  const find = () =>
    db
      .selectFrom("person")
      .select(["id", "external_id as externalId", "active"])
      .where("connection_id", "=", seen.connectionId)
      .where("external_id", "=", seen.externalId)
      .executeTakeFirst();
  const known = await find();
  if (known) return known;
  const id = uuidv7();
  const subjectId = uuidv7();
  await vault.createSubjects(tx, [{ id: subjectId, workspaceId: seen.workspaceId, kind: "person" }]);
  const [name = null] = await vault.seal(tx, [{ subjectId, place: `person.name|${id}`, value: seen.name }]);
  await db
    .insertInto("person")
    .values({
      id,
      workspace_id: seen.workspaceId,
      connection_id: seen.connectionId,
      external_id: seen.externalId,
      subject_id: subjectId,
      name,
      member_id: null,
      active: true,
      created_at: new Date(),
    })
    .onConflict((conflict) => conflict.columns(["connection_id", "external_id"]).doNothing())
    .execute();
  const person = await find();
  if (!person)
    throw new Error(`The person ${seen.externalId} of connection ${seen.connectionId} was neither found nor made.`);
  return person;
}

/** Keeps the name that they go by now; whose key is gone stays without one. */
export async function renamePerson(tx: Tx, vault: Vault, id: string, name: string): Promise<void> {
  const db = tx.withTables<ContactTables>();
  const place = `person.name|${id}`;
  const row = await db.selectFrom("person").select(["subject_id", "name"]).where("id", "=", id).executeTakeFirst();
  if (!row) return;
  const [before] = await openTexts(vault, tx, [{ sealed: row.name, place }]);
  if (before === name) return;
  const [sealed = null] = await vault.seal(tx, [{ subjectId: row.subject_id, place, value: name }]);
  await db.updateTable("person").set({ name: sealed }).where("id", "=", id).execute();
}

/** Display names by id, a member's before the chat system's; those whose key is gone are left out. */
export async function personNames(reader: Reader, vault: Vault, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const db = reader.withTables<ContactTables>();
  const rows = await db
    .selectFrom("person")
    .select(["id", "name", "member_id"])
    .where("id", "in", [...new Set(ids)])
    .execute();
  const cells = rows.map(({ id, name }) => ({ sealed: name, place: `person.name|${id}` }));
  const names = await openTexts(vault, reader, cells);
  const memberNames = await createMembers(vault).names(
    reader,
    rows.flatMap(({ member_id }) => member_id ?? []),
  );
  return new Map(
    rows.flatMap(({ id, member_id }, index): [string, string][] => {
      const name = memberNames.get(member_id ?? "") ?? names[index];
      return name ? [[id, name]] : [];
    }),
  );
}
