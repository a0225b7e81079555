import type { Fact } from "../../workflows/flow/facts.js";
import { interpret } from "../../workflows/flow/interpreter.js";
import type { FlowNode, PublishedFlow } from "../../workflows/flow/schema.js";
import { readFactsOf } from "../../workflows/ledger/fact-store.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import type { Reader } from "../db/database.js";
import type { Seer } from "../members/reach-where.js";
import { findRuns } from "./find-runs.js";
import { runRows, type RunListRow } from "./run-store.js";

/** Stuck runs that one question looks at, newest first. */
const MOST = 1_000;

/** A step that cannot go on by itself. */
export interface StuckStep {
  readonly run: RunListRow;
  readonly node: FlowNode;
  readonly code: string;
  readonly inDoubt: boolean;
  /** When it got stuck. */
  readonly at: string;
}

export interface StuckQuery extends Seer {
  readonly mayReadPeople: boolean;
  readonly flowId?: string | undefined;
}

/** Where runs are stuck, newest first. At which step an employee's run is, is not for those who may not read what people say. */
export async function stuckSteps(
  reader: Reader,
  ports: Pick<ExecutionPorts, "publishedFlow">,
  query: StuckQuery,
): Promise<{ readonly steps: readonly StuckStep[]; readonly everything: boolean }> {
  const { ids, next } = await findRuns(reader, { ...query, state: ["stuck"], limit: MOST });
  const rows = await runRows(reader, query.workspaceId, ids);
  // What halts a run may be that its facts cannot be read.
  const told = rows.filter((row) => row.halted_since === null && (query.mayReadPeople || !row.of_employee));
  const facts = await readFactsOf(
    reader,
    told.map(({ id }) => id),
  );
  const steps = await Promise.all(
    told.map(async (run) => {
      const flow = await ports.publishedFlow(reader, run.flow_version_id);
      return stuckIn(
        flow,
        (facts.get(run.id) ?? []).map(({ fact }) => fact),
      ).map((step) => ({ run, ...step }));
    }),
  );
  return { steps: steps.flat(), everything: next === null };
}

function stuckIn(flow: PublishedFlow, facts: readonly Fact[]): Omit<StuckStep, "run">[] {
  const { steps } = interpret(flow, facts).view();
  return flow.nodes.flatMap((node) => {
    const stuck = steps[node.id]?.stuck;
    return stuck ? [{ node, code: stuck.code, inDoubt: stuck.inDoubt, at: stuckSince(facts, node.id) }] : [];
  });
}

/** The last that came of the step. */
export const stuckSince = (facts: readonly Fact[], nodeId: string): string =>
  facts.findLast((fact) => fact.nodeId === nodeId && (fact.kind === "settled" || fact.kind === "stuck"))?.at ?? "";
