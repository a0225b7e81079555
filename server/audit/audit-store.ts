import type { Reader } from "../db/database.js";
import type { AuditRow, AuditTables } from "./audit.js";
import type { AuditFilter } from "./audit-api.js";

export interface AuditQuery extends AuditFilter {
  readonly workspaceId: string;
  /** Older than this event. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Newest first. */
export function listAudit(
  reader: Reader,
  { workspaceId, cursor, limit, action, actorId, targetId, from, until }: AuditQuery,
): Promise<AuditRow[]> {
  return reader
    .withTables<AuditTables>()
    .selectFrom("audit_event")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .$if(cursor !== undefined, (rows) => rows.where("id", "<", cursor ?? ""))
    .$if(action !== undefined, (rows) => rows.where("action", "=", action ?? ""))
    .$if(actorId !== undefined, (rows) => rows.where("actor_id", "=", actorId ?? ""))
    .$if(targetId !== undefined, (rows) => rows.where("target_id", "=", targetId ?? ""))
    .$if(from !== undefined, (rows) => rows.where("at", ">=", new Date(from ?? 0)))
    .$if(until !== undefined, (rows) => rows.where("at", "<", new Date(until ?? 0)))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

export const lastSigned = (reader: Reader, workspaceId: string) =>
  reader
    .withTables<AuditTables>()
    .selectFrom("audit_head")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();

export async function countUnchained(reader: Reader, workspaceId: string): Promise<number> {
  const { count } = await reader
    .withTables<AuditTables>()
    .selectFrom("audit_event")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("workspace_id", "=", workspaceId)
    .where("seq", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}
