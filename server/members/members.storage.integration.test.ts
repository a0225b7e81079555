import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { createTestKeys } from "../testing/keys.js";
import { createMembers, firstMembers } from "./members.js";
import type { MemberTables } from "./member-tables.js";
import { createSignInLink } from "./sign-in.js";

const { vault } = createTestKeys();
const members = createMembers(vault);
let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const ensure = () => transact(test.db, (tx) => members.ensureInstallation(tx, firstMembers));

describe("an installation", () => {
  it("is made once, whoever asks how often at the same time", async () => {
    const all = await Promise.all([ensure(), ensure(), ensure(), ensure()]);
    expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
    const { rows } = await sql`select count(*)::int as n from member`.execute(test.db);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it("keeps names and addresses sealed, and gives names back by id", async () => {
    const { workspaceId } = await ensure();
    const person = { name: "Ada Lovelace", email: "Ada@Example.org" };
    const id = await transact(test.db, (tx) => members.ensureAdmin(tx, workspaceId, person));
    const db = test.db.withTables<MemberTables>();
    const row = await db.selectFrom("member").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    const stored = Buffer.concat([row.name, row.email ?? Buffer.alloc(0), row.email_blind ?? Buffer.alloc(0)]).toString(
      "latin1",
    );
    expect(stored).not.toMatch(/ada|lovelace|example/i);
    expect(await members.name(test.db, id)).toBe("Ada Lovelace");
  });

  it("knows an address again however it is written, and makes its member an admin", async () => {
    const { workspaceId } = await ensure();
    const ensureAdmin = (email: string) =>
      transact(test.db, (tx) => members.ensureAdmin(tx, workspaceId, { name: "G", email }));
    const id = await ensureAdmin("grace@example.org");
    const db = test.db.withTables<MemberTables>();
    await db.updateTable("member").set({ role: "viewer", active: false }).where("id", "=", id).execute();
    expect(await ensureAdmin(" GRACE@example.org ")).toBe(id);
    const row = await db.selectFrom("member").select(["role", "active"]).where("id", "=", id).executeTakeFirst();
    expect(row).toEqual({ role: "admin", active: true });
  });

  it("leaves whoever becomes an admin by their address nothing of what they signed in with before", async () => {
    const { workspaceId } = await ensure();
    const person = { name: "P", email: "promoted@example.org" };
    const ensureAdmin = () => transact(test.db, (tx) => members.ensureAdmin(tx, workspaceId, person));
    const id = await ensureAdmin();
    const hasPassword = async () =>
      (await sql`select from member_password where member_id = ${id}`.execute(test.db)).rows.length > 0;
    await sql`insert into member_password values (${id}, 'x', lw_now())`.execute(test.db);
    await ensureAdmin();
    expect(await hasPassword()).toBe(true);
    await sql`update member set role = 'viewer' where id = ${id}`.execute(test.db);
    await ensureAdmin();
    expect(await hasPassword()).toBe(false);
  });

  it("shows whoever is let in again to the directory again", async () => {
    const { workspaceId } = await ensure();
    const person = { name: "D", email: "back@example.org" };
    const ensureAdmin = () => transact(test.db, (tx) => members.ensureAdmin(tx, workspaceId, person));
    const id = await ensureAdmin();
    await sql`update member set active = false, deprovisioned_at = lw_now() where id = ${id}`.execute(test.db);
    await ensureAdmin();
    const { rows } = await sql`select active, deprovisioned_at from member where id = ${id}`.execute(test.db);
    expect(rows).toEqual([{ active: true, deprovisioned_at: null }]);
  });

  it("ends open sign-in links by a password of the machine's keeper", async () => {
    const { workspaceId } = await ensure();
    const person = { name: "L", email: "linked@example.org" };
    const memberId = await transact(test.db, (tx) => members.ensureAdmin(tx, workspaceId, person));
    await transact(test.db, (tx) => createSignInLink(tx, { memberId, publicUrl: "http://x", validMs: 60_000 }));
    await transact(test.db, (tx) => members.setAdminPassword(tx, { workspaceId, memberId, hash: "x" }));
    const { rows } = await sql`select from sign_in_link where member_id = ${memberId}`.execute(test.db);
    expect(rows).toEqual([]);
  });

  it("leaves out the name of a member whose key is gone", async () => {
    const { workspaceId } = await ensure();
    const person = { name: "Gone", email: "gone@example.org" };
    const id = await transact(test.db, (tx) => members.ensureAdmin(tx, workspaceId, person));
    await sql`delete from subject_key where subject_id = (select subject_id from member where id = ${id})`.execute(
      test.db,
    );
    const laterProcess = createMembers(createTestKeys().vault);
    expect(await laterProcess.name(test.db, id)).toBeNull();
  });
});
