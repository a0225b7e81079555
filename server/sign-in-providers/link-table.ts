import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";

export interface Subject {
  readonly workspaceId: string;
  readonly issuer: string;
  readonly subjectBlind: Buffer;
}

export type LinkTableName = "oidc_link" | "saml_link";

/** Which member a subject of an issuer is. One table a protocol: an issuer may speak both, and call people otherwise in each. */
export function createLinkTable(name: LinkTableName) {
  const table = sql.table(name);
  return {
    name,

    find: async (reader: Reader, { workspaceId, issuer, subjectBlind }: Subject) => {
      const { rows } = await sql<{ id: string; active: boolean }>`
        select member.id, member.active from ${table} as link join member on member.id = link.member_id
        where link.workspace_id = ${workspaceId} and issuer = ${issuer} and subject_blind = ${subjectBlind}`.execute(
        reader,
      );
      return rows[0];
    },

    isLinked: async (reader: Reader, memberId: string, issuer: string): Promise<boolean> => {
      const { rows } = await sql`select from ${table} where member_id = ${memberId} and issuer = ${issuer}`.execute(
        reader,
      );
      return rows.length > 0;
    },

    insert: async (tx: Tx, memberId: string, { workspaceId, issuer, subjectBlind }: Subject): Promise<void> => {
      await sql`
        insert into ${table} (workspace_id, issuer, subject_blind, member_id, linked_at)
        values (${workspaceId}, ${issuer}, ${subjectBlind}, ${memberId}, lw_now())`.execute(tx);
    },

    /** Answers whether there was one. */
    remove: async (tx: Tx, memberId: string): Promise<boolean> => {
      const { rows } = await sql`delete from ${table} where member_id = ${memberId} returning 1`.execute(tx);
      return rows.length > 0;
    },

    /** An active admin who has come in by this issuer. */
    hasAdmin: async (reader: Reader, workspaceId: string, issuer: string): Promise<boolean> => {
      const { rows } = await sql`
        select from ${table} as link join member on member.id = member_id
        where link.workspace_id = ${workspaceId} and issuer = ${issuer} and role = 'admin' and active limit 1`.execute(
        reader,
      );
      return rows.length > 0;
    },
  };
}

export type LinkTable = ReturnType<typeof createLinkTable>;
