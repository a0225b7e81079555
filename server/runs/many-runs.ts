import { transact } from "../../workflows/ledger/transact.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import { auditBy } from "../audit/audit.js";
import type { Db } from "../db/database.js";
import { DomainError } from "../errors.js";
import type { Actor } from "../http/route.js";
import { mayDo } from "../members/authorize.js";
import { seerOf } from "../members/reach-where.js";
import type { RunActions } from "./run-actions.js";
import type { ResumeGroup } from "./run-group-api.js";
import { stuckSteps } from "./stuck-steps.js";

/** Runs of a group that one request takes up: each is a transaction of its own. */
const BATCH = 100;

interface Dependencies {
  readonly db: Db;
  readonly ports: ExecutionPorts;
  readonly actions: RunActions;
}

/**
 * Tries again what is stuck at one step for one reason, and was so by then; none that is in doubt. Whoever asks twice tries nothing twice:
 * what was resumed and got stuck again is later than that.
 */
export async function resumeGroup(
  { db, ports, actions }: Dependencies,
  by: Actor,
  { flowId, nodeId, code, asOf }: ResumeGroup,
): Promise<{ resumed: number; left: number }> {
  const { steps, everything } = await stuckSteps(db, ports, {
    ...seerOf(by),
    mayReadPeople: mayDo(by, "people:read"),
    flowId,
  });
  const group = steps.filter(
    (step) => step.node.id === nodeId && step.code === code && !step.inDoubt && step.at <= asOf,
  );
  const batch = group.slice(0, BATCH);
  let resumed = 0;
  for (const { run } of batch) {
    const refused = await codeOfRefusal(actions.resume(by, { runId: run.id, nodeId }, { code, asOf }));
    resumed += refused === null ? 1 : 0;
  }
  if (resumed > 0)
    await transact(db, (tx) =>
      auditBy(tx, by, {
        action: "run.group_resumed",
        target: { kind: "flow", id: flowId },
        data: { node: nodeId, code, runs: resumed },
      }),
    );
  // Beyond those that were looked at there may be more, but for a group of which nothing is left to resume.
  const more = !everything && resumed > 0 ? 1 : 0;
  return { resumed, left: Math.max(group.length - batch.length, more) };
}

/** Each run for itself: one that is over by now keeps nobody from the others. */
export async function doToMany(
  { actions }: Pick<Dependencies, "actions">,
  by: Actor,
  { deed, runIds }: { readonly deed: "cancel" | "retry"; readonly runIds: readonly string[] },
): Promise<{ done: number; refused: { runId: string; code: string }[] }> {
  const refused: { runId: string; code: string }[] = [];
  const different = [...new Set(runIds)];
  for (const runId of different) {
    const code = await codeOfRefusal(deed === "cancel" ? actions.cancel(by, runId) : actions.retryAll(by, runId));
    if (code !== null) refused.push({ runId, code });
  }
  return { done: different.length - refused.length, refused };
}

/** Null: it was done. What is wrong with ourselves goes on up. */
async function codeOfRefusal(deed: Promise<unknown>): Promise<string | null> {
  try {
    await deed;
    return null;
  } catch (error) {
    if (error instanceof DomainError && error.status < 500) return error.code;
    throw error;
  }
}
