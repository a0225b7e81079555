import { sql } from "kysely";
import { uuidv7 } from "../../../workflows/ledger/uuid.js";
import { memberLinkSchema } from "../member-api.js";
import { adminToken, aPerson, turnOnCodes, type Accounts, type Invited } from "./accounts.js";

export interface Equipped extends Invited {
  /** A sign-in link that nobody used yet. */
  readonly link: string;
}

/** Somebody with everything that signs in: a password, codes, a passkey, a session and an open link. */
export async function equipped(accounts: Accounts, role = "viewer"): Promise<Equipped> {
  const person = await aPerson(accounts, role);
  await turnOnCodes(accounts, person.call);
  const id = uuidv7();
  await sql`
    insert into passkey (id, member_id, credential_id, public_key, rp_id, counter, transports, name, created_at)
    values (${id}, ${person.member.id}, ${id}, 'x', 'localhost', 0, '{}', '', lw_now())`.execute(accounts.test.db);
  const answer = await (await adminToken(accounts))("POST", `/api/members/${person.member.id}/link`, {});
  return { ...person, link: memberLinkSchema.parse(answer.json).url };
}

/** What still signs them in, by its table. */
export async function waysOf({ test }: Accounts, { member }: Invited): Promise<string[]> {
  const { rows } = await sql<{ way: string }>`
    select 'password' as way from member_password where member_id = ${member.id}
    union all select 'codes' from member_totp where member_id = ${member.id}
    union all select 'passkey' from passkey where member_id = ${member.id}
    union all select 'session' from session where member_id = ${member.id}
    union all select 'link' from sign_in_link where member_id = ${member.id} and used_at is null
    order by way`.execute(test.db);
  return rows.map(({ way }) => way);
}

export const ALL_WAYS = ["codes", "link", "passkey", "password", "session"];
