import { sql } from "kysely";
import { audit, type AuditEntry } from "../audit/audit.js";
import type { Tx } from "../db/database.js";
import { lockMember } from "./account-store.js";
import { endSessions } from "./sessions.js";
import { dropOpenLinks } from "./sign-in.js";

interface Ending {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly by: AuditEntry["actor"];
}

/**
 * Password, second factor, passkeys, links and sessions. For the moment at which somebody else begins to say who a member is (a provider, a directory, the
 * keeper of the machine): nobody had proved that the address was theirs, so what was set before may be another person's.
 */
export async function endCredentials(tx: Tx, { workspaceId, memberId, by }: Ending): Promise<void> {
  await lockMember(tx, memberId);
  await endSessions(tx, { memberId });
  await dropOpenLinks(tx, memberId);
  const { rows } = await sql`
    with passwords as (delete from member_password where member_id = ${memberId} returning 1),
      codes as (delete from member_totp where member_id = ${memberId} returning 1),
      passkeys as (delete from passkey where member_id = ${memberId} returning 1)
    select from passwords union all select from codes union all select from passkeys`.execute(tx);
  if (rows.length > 0)
    await audit(tx, {
      ...{ workspaceId, actor: by, action: "member.credentials_ended" },
      target: { kind: "member", id: memberId },
    });
}
