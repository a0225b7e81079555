import { sql, type Selectable } from "kysely";
import type { NewFact } from "../flow/facts.js";
import type { Sealer } from "../ports.js";
import { appendFacts, lockRun, type RunRow } from "./run-store.js";
import type { LedgerTables, NoticeTable, OwnerKind } from "./tables.js";
import type { Tx } from "./tx.js";

/** Whose an effect is. */
export interface OwnerRef {
  readonly kind: OwnerKind;
  readonly id: string;
}

export type NoticeRow = Selectable<NoticeTable>;

interface OwnerCommon {
  readonly id: string;
  readonly workspaceId: string;
  readonly subjectId: string;
  /** Nothing more may be sent for it, but for closing effects. */
  readonly cancelled: boolean;
  readonly over: boolean;
}

/** An owner whose row is locked: the first lock of every change to its effects. */
export type Owner =
  | (OwnerCommon & { readonly kind: "run"; readonly run: RunRow })
  | (OwnerCommon & { readonly kind: "notice"; readonly notice: NoticeRow });

export async function lockOwner(tx: Tx, { kind, id }: OwnerRef): Promise<Owner | undefined> {
  if (kind === "run") {
    const run = await lockRun(tx, id);
    return run && ownerOfRun(run);
  }
  const notice = await lockNotice(tx, id);
  return notice && ownerOfNotice(notice);
}

export const ownerOfRun = (run: RunRow): Owner => ({
  kind: "run",
  id: run.id,
  workspaceId: run.workspace_id,
  subjectId: run.subject_id,
  cancelled: run.state === "cancelled",
  over: run.finished_at !== null,
  run,
});

export const ownerOfNotice = (notice: NoticeRow): Owner => ({
  kind: "notice",
  id: notice.id,
  workspaceId: notice.workspace_id,
  subjectId: notice.subject_id,
  cancelled: false,
  over: notice.finished_at !== null,
  notice,
});

export async function lockNotice(tx: Tx, noticeId: string): Promise<NoticeRow | undefined> {
  const query = tx.withTables<LedgerTables>().selectFrom("notice").selectAll().where("id", "=", noticeId);
  return query.forUpdate().executeTakeFirst();
}

/** An effect of the owner settled: a run records it as a fact, and both are looked at again at once. */
export async function tellOwner(tx: Tx, sealer: Sealer, owner: Owner, fact: NewFact): Promise<void> {
  if (owner.over) return;
  if (owner.kind === "run") return appendFacts(tx, sealer, owner.run, { facts: [fact], dueAt: "now" });
  await tx
    .withTables<LedgerTables>()
    .updateTable("notice")
    .set({ due_at: sql<Date>`lw_now()` })
    .where("id", "=", owner.id)
    .execute();
}
