import type { FactData } from "../flow/facts.js";
import type { ExecutionPorts } from "../ports.js";
import { appendFacts, beginning, type RunRow } from "./run-store.js";
import type { Tx } from "./tx.js";

/**
 * The one door of every cancel: nothing new is sent, what is in the air is looked up, and people who were asked are told. The caller
 * holds the run's lock. A run that has not begun is begun here, so that it can end.
 */
export async function cancelRun(
  tx: Tx,
  { sealer, withdrawApprovals }: Pick<ExecutionPorts, "sealer" | "withdrawApprovals">,
  run: RunRow,
  data: FactData<"cancelled">,
): Promise<void> {
  await withdrawApprovals(tx, run.id, []);
  const facts = [...beginning(run), { kind: "cancelled", nodeId: null, data } as const];
  await appendFacts(tx, sealer, run, { facts, dueAt: "now", state: "cancelled" });
}
