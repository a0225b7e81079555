import { databaseNow } from "../../workflows/ledger/clock.js";
import { appendFacts, lockRun } from "../../workflows/ledger/run-store.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Tx } from "../db/database.js";
import type { Db } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import { audit } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import { approvalPlace, decideApproval, findApproval, type ApprovalRow } from "./approval-store.js";

export interface Decider {
  readonly kind: "person" | "member";
  readonly id: string;
  /** Shown on the card and in the run. */
  readonly name: string;
  /** As the chat system knows them: what the frozen policy names. */
  readonly externalId: string | null;
  readonly active: boolean;
}

export interface Decision {
  readonly approvalId: string;
  readonly choice: "approved" | "rejected";
  readonly by: Decider;
  readonly reason: string | null;
}

export type Verdict =
  | { readonly kind: "decided"; readonly runId: string }
  /** Somebody, or time, was first. */
  | { readonly kind: "late"; readonly approval: ApprovalRow }
  | { readonly kind: "refused"; readonly why: "unknown" | "not_an_approver" | "inactive" };

type Admitted =
  { readonly kind: "admitted"; readonly approval: ApprovalRow } | Extract<Verdict, { readonly kind: "refused" }>;

export interface ApprovalServiceDependencies {
  readonly db: Db;
  readonly vault: Vault;
  /** After commit; only a hint, see `createWake`. */
  readonly wake: (runId: string) => void;
  /** After commit: open pages read this approval again, whenever the run comes to it. */
  readonly changed: (workspaceId: string, approvalId: string) => void;
}

/** Records a decision durably; whatever else is down, the answer stands once this resolves. */
export function createApprovalService({ db, vault, wake, changed }: ApprovalServiceDependencies) {
  async function judge(tx: Tx, approval: ApprovalRow, decision: Decision): Promise<Verdict> {
    const run = await lockRun(tx, approval.run_id);
    const won = run && !run.finished_at && (await decideApproval(tx, await toRow(tx, approval, decision)));
    if (!run || !won) return { kind: "late", approval: (await findApproval(tx, approval.id)) ?? approval };
    await appendFacts(tx, vault, run, { facts: [factOf(approval, decision)], dueAt: "now" });
    await record(tx, approval, decision, `approval.${decision.choice}`);
    return { kind: "decided", runId: run.id };
  }

  async function toRow(tx: Tx, approval: ApprovalRow, { approvalId, choice, by, reason }: Decision) {
    const [sealed = null] = await vault.seal(tx, [
      { subjectId: approval.subject_id, place: approvalPlace("reason", approvalId), value: reason },
    ]);
    return { approvalId, state: choice, by, reason: reason === null ? null : sealed };
  }

  return {
    async decide(workspaceId: string, decision: Decision): Promise<Verdict> {
      const verdict = await transact(db, async (tx): Promise<Verdict> => {
        const admitted = await admit(tx, workspaceId, decision);
        return admitted.kind === "refused" ? admitted : judge(tx, admitted.approval, decision);
      });
      if (verdict.kind !== "decided") return verdict;
      wake(verdict.runId);
      changed(workspaceId, decision.approvalId);
      return verdict;
    },

    /** What a decision would come to now, before anybody is asked for a reason; null while it is open to this person. */
    standing: (
      workspaceId: string,
      asked: Pick<Decision, "approvalId" | "by">,
    ): Promise<Exclude<Verdict, { kind: "decided" }> | null> =>
      transact(db, async (tx) => {
        const admitted = await admit(tx, workspaceId, asked);
        if (admitted.kind === "refused") return admitted;
        const { approval } = admitted;
        const isOpen = approval.state === "pending" && approval.expires_at > (await databaseNow(tx));
        return isOpen ? null : { kind: "late", approval };
      }),
  };
}

export type ApprovalService = ReturnType<typeof createApprovalService>;

/** The approval, for whoever may decide it; a refusal is recorded. */
async function admit(
  tx: Tx,
  workspaceId: string,
  { approvalId, by }: Pick<Decision, "approvalId" | "by">,
): Promise<Admitted> {
  const approval = await findApproval(tx, approvalId);
  if (approval?.workspace_id !== workspaceId) return { kind: "refused", why: "unknown" };
  const refusal = refusalOf(approval, by);
  if (!refusal) return { kind: "admitted", approval };
  await record(tx, approval, { by }, "approval.refused");
  return { kind: "refused", why: refusal };
}

function refusalOf({ policy }: ApprovalRow, by: Decider): "not_an_approver" | "inactive" | null {
  if (!by.active) return "inactive";
  const named = policy.approvers.length === 0 || (by.externalId !== null && policy.approvers.includes(by.externalId));
  return named ? null : "not_an_approver";
}

const factOf = (approval: ApprovalRow, { approvalId, choice, by, reason }: Decision) =>
  ({
    kind: "decided",
    nodeId: approval.node_id,
    data: { approvalId, output: choice, by: by.id },
    sealed: { name: by.name, ...(reason !== null && { reason }) },
  }) as const;

const record = (tx: Tx, approval: ApprovalRow, { by }: Pick<Decision, "by">, action: AuditAction): Promise<void> =>
  audit(tx, {
    workspaceId: approval.workspace_id,
    actor: { kind: by.kind, id: by.id },
    action,
    target: { kind: "approval", id: approval.id },
    data: { runId: approval.run_id },
  });
