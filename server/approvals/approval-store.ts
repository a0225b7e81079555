import { sql, type Selectable } from "kysely";
import type { ApprovalOpening, RunRef, Sealer } from "../../workflows/ports.js";
import type { Reader, Tx } from "../db/database.js";
import { uuidSchema } from "../http/common-api.js";
import type { ApprovalTables } from "./approval-tables.js";

export type ApprovalRow = Selectable<ApprovalTables["approval"]>;

export const approvalPlace = (column: "title" | "text" | "reason", id: string): string => `approval.${column}|${id}`;

export async function openApproval(tx: Tx, sealer: Sealer, run: RunRef, opening: ApprovalOpening): Promise<void> {
  const { approvalId, title, text } = opening;
  const cell = (column: "title" | "text", value: string) => ({
    subjectId: run.subjectId,
    place: approvalPlace(column, approvalId),
    value,
  });
  const [sealedTitle = null, sealedText = null] = await sealer.seal(tx, [cell("title", title), cell("text", text)]);
  await tx
    .withTables<ApprovalTables>()
    .insertInto("approval")
    .values({
      id: approvalId,
      workspace_id: run.workspaceId,
      run_id: run.id,
      node_id: opening.nodeId,
      subject_id: run.subjectId,
      connection_id: opening.connectionId,
      channel: opening.channel,
      policy: JSON.stringify({ approvers: opening.approvers }),
      state: "pending",
      title: sealedTitle,
      text: sealedText,
      asked_at: sql<Date>`lw_now()`,
      expires_at: opening.expiresAt,
      decided_at: null,
      decided_by_kind: null,
      decided_by: null,
      reason: null,
    })
    .execute();
}

export async function findApproval(reader: Reader, approvalId: string): Promise<ApprovalRow | undefined> {
  if (!isOwnId(approvalId)) return undefined;
  const db = reader.withTables<ApprovalTables>();
  return db.selectFrom("approval").selectAll().where("id", "=", approvalId).executeTakeFirst();
}

/** It comes back from Slack as whatever its sender made of it; what we wrote is a UUID in small letters. */
const isOwnId = (text: string): boolean => uuidSchema.safeParse(text).success && text === text.toLowerCase();

/** The one judge between two clicks, and between a click and the time-out: true for whoever was first. */
export async function decideApproval(
  tx: Tx,
  decision: {
    approvalId: string;
    state: "approved" | "rejected";
    by: { kind: "person" | "member"; id: string };
    reason: Buffer | null;
  },
): Promise<boolean> {
  const result = await tx
    .withTables<ApprovalTables>()
    .updateTable("approval")
    .set({
      state: decision.state,
      decided_at: sql<Date>`lw_now()`,
      decided_by_kind: decision.by.kind,
      decided_by: decision.by.id,
      reason: decision.reason,
    })
    .where("id", "=", decision.approvalId)
    .where("state", "=", "pending")
    .where("expires_at", ">", sql<Date>`lw_now()`)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function expireApproval(tx: Tx, approvalId: string): Promise<boolean> {
  const result = await tx
    .withTables<ApprovalTables>()
    .updateTable("approval")
    .set({ state: "expired", decided_at: sql<Date>`lw_now()` })
    .where("id", "=", approvalId)
    .where("state", "=", "pending")
    .where("expires_at", "<=", sql<Date>`lw_now()`)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Nobody waits for these answers any more: the run was cancelled, stopped, or went past the step. */
export async function withdrawApprovals(tx: Tx, runId: string, kept: readonly string[]): Promise<void> {
  await tx
    .withTables<ApprovalTables>()
    .updateTable("approval")
    .set({ state: "withdrawn", decided_at: sql<Date>`lw_now()` })
    .where("run_id", "=", runId)
    .where("state", "=", "pending")
    .$if(kept.length > 0, (query) => query.where("id", "not in", kept))
    .execute();
}
