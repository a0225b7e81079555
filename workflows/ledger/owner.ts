import { sql, type Selectable } from "kysely";
import type { NewFact } from "../flow/facts.js";
import type { Sealer } from "../ports.js";
import { appendAll, lockRuns, type RunRow } from "./run-store.js";
import type { LedgerTables, NoticeTable, OwnerKind, Withheld } from "./tables.js";
import type { Tx } from "./tx.js";

/** Whose an effect is. */
export interface OwnerRef {
  readonly kind: OwnerKind;
  readonly id: string;
}

type NoticeRow = Selectable<NoticeTable>;

interface OwnerCommon {
  readonly id: string;
  readonly workspaceId: string;
  readonly subjectId: string;
  /** Nothing more may be sent for it, but for closing effects. */
  readonly cancelled: boolean;
  /** Why the person behind it is not to be acted on; null where nothing speaks against it. */
  readonly withheld: Withheld | null;
  readonly over: boolean;
}

/** An owner whose row is locked: the first lock of every change to its effects. */
export type Owner =
  (OwnerCommon & { readonly kind: "run"; readonly run: RunRow }) | (OwnerCommon & { readonly kind: "notice" });

export async function lockOwner(tx: Tx, ref: OwnerRef): Promise<Owner | undefined> {
  return (await lockOwners(tx, [ref])).get(ref.id);
}

/** By id: runs first, then notices, each in ascending order. */
export async function lockOwners(tx: Tx, refs: readonly OwnerRef[]): Promise<Map<string, Owner>> {
  const idsOf = (kind: OwnerKind): string[] => [...new Set(refs.flatMap((ref) => (ref.kind === kind ? [ref.id] : [])))];
  const owners = new Map<string, Owner>();
  const [runIds, noticeIds] = [idsOf("run"), idsOf("notice")];
  if (runIds.length > 0) for (const run of (await lockRuns(tx, runIds)).values()) owners.set(run.id, ownerOfRun(run));
  for (const id of noticeIds.sort()) {
    const notice = await lockNotice(tx, id);
    if (notice) owners.set(id, ownerOfNotice(notice));
  }
  return owners;
}

export const ownerOfRun = (run: RunRow): Owner => ({
  kind: "run",
  id: run.id,
  workspaceId: run.workspace_id,
  subjectId: run.subject_id,
  cancelled: run.state === "cancelled",
  withheld: run.withheld,
  over: run.finished_at !== null,
  run,
});

export const ownerOfNotice = (notice: NoticeRow): Owner => ({
  kind: "notice",
  id: notice.id,
  workspaceId: notice.workspace_id,
  subjectId: notice.subject_id,
  cancelled: false,
  withheld: null,
  over: notice.finished_at !== null,
});

export async function lockNotice(tx: Tx, noticeId: string): Promise<NoticeRow | undefined> {
  const query = tx.withTables<LedgerTables>().selectFrom("notice").selectAll().where("id", "=", noticeId);
  return query.forUpdate().executeTakeFirst();
}

export interface Told {
  readonly owner: Owner;
  readonly fact: NewFact;
}

/** Effects of these owners settled: a run records it as a fact, and all are looked at again at once. */
export async function tellOwners(tx: Tx, sealer: Sealer, told: readonly Told[]): Promise<void> {
  const open = told.filter(({ owner }) => !owner.over);
  const runs = new Map<RunRow, NewFact[]>();
  for (const { owner, fact } of open)
    if (owner.kind === "run") runs.set(owner.run, [...(runs.get(owner.run) ?? []), fact]);
  await appendAll(
    tx,
    sealer,
    [...runs].map(([run, facts]) => ({ run, change: { facts, dueAt: "now" } })),
  );
  const notices = open.flatMap(({ owner }) => (owner.kind === "notice" ? [owner.id] : []));
  if (notices.length > 0) await sql`update notice set due_at = lw_now() where id = any(${notices}::uuid[])`.execute(tx);
}
