import { appendFacts, lockRun } from "../../workflows/ledger/run-store.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Tx } from "../db/database.js";
import type { Db } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import { audit } from "../audit/audit.js";
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

export interface ApprovalServiceDependencies {
  readonly db: Db;
  readonly vault: Vault;
  /** After commit; a poke that fails is caught up by the sweeper. */
  readonly wake: (runId: string) => void;
}

/** Records a decision durably; whatever else is down, the answer stands once this resolves. */
export function createApprovalService({ db, vault, wake }: ApprovalServiceDependencies) {
  async function judge(tx: Tx, approval: ApprovalRow, decision: Decision): Promise<Verdict> {
    const refusal = refusalOf(approval, decision.by);
    if (refusal) {
      await record(tx, approval, decision, `approval.refused`);
      return { kind: "refused", why: refusal };
    }
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
        const approval = await findApproval(tx, decision.approvalId);
        if (approval?.workspace_id !== workspaceId) return { kind: "refused", why: "unknown" };
        return judge(tx, approval, decision);
      });
      if (verdict.kind === "decided") wake(verdict.runId);
      return verdict;
    },
  };
}

export type ApprovalService = ReturnType<typeof createApprovalService>;

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

const record = (tx: Tx, approval: ApprovalRow, { by }: Decision, action: string): Promise<void> =>
  audit(tx, {
    workspaceId: approval.workspace_id,
    actor: { kind: by.kind, id: by.id },
    action,
    target: { kind: "approval", id: approval.id },
    data: { runId: approval.run_id },
  });
