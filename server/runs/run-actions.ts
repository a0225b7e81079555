import type { RunState, Stuck } from "../../workflows/flow/commands.js";
import { fold, type Folded } from "../../workflows/flow/fold.js";
import type { EffectRecord } from "../../workflows/flow/node-record.js";
import { nodes } from "../../workflows/flow/nodes/index.js";
import type { Fact, NewFact } from "../../workflows/flow/facts.js";
import { cancelRun } from "../../workflows/ledger/cancel.js";
import { openFacts, readFacts } from "../../workflows/ledger/fact-store.js";
import { reopenEffect } from "../../workflows/ledger/reopen.js";
import { appendFacts, findRun, lockRun, type RunRow } from "../../workflows/ledger/run-store.js";
import { BARE, settleEffect } from "../../workflows/ledger/settle.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db, Tx } from "../db/database.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import { auditBy } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import { conflict, notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import { authorizeRun } from "./authorize-run.js";
import { stuckSince } from "./stuck-steps.js";

export interface RunActionDependencies {
  readonly db: Db;
  readonly ports: ExecutionPorts;
}

export interface StepRef {
  readonly runId: string;
  readonly nodeId: string;
}

/** What a person may do to a run. Each is a fact of the run, and an entry of the audit, in one transaction. */
export function createRunActions(dependencies: RunActionDependencies) {
  const act = createAct(dependencies);
  const { ports } = dependencies;
  return {
    /** What was sent stays sent and is shown; what was not is never sent; people are told where they were asked. */
    cancel: (by: Actor, runId: string) =>
      act(by, { runId, action: "run.cancelled" }, async (tx, run) => {
        if (run.state === "cancelled") throw conflict("already_cancelled", "This run is being cancelled already.");
        await cancelRun(tx, ports, run, { by: by.id });
      }),

    ...retries(ports, act),

    skip: (by: Actor, { runId, nodeId }: StepRef, skip: Skip) =>
      act(by, { runId, action: "run.step_skipped" }, async (tx, run) => {
        const { folded } = await stuckStep(tx, ports, { run, nodeId });
        const outputs = outputsOf(folded, nodeId);
        if (!outputs.includes(skip.output)) throw unknownOutput(skip.output, outputs);
        const data = { by: by.id, output: skip.output };
        await append(tx, ports, run, [{ kind: "skipped", nodeId, data, sealed: { output: skip.values ?? {} } }]);
      }),

    /** A person looked: the effect of a step in doubt did happen. */
    settle: (by: Actor, { runId, nodeId }: StepRef, found: { externalId: string; url: string | null }) =>
      act(by, { runId, action: "run.step_settled" }, async (tx, run) => {
        const { effectId } = doubtOf(await stuckStep(tx, ports, { run, nodeId }), nodeId);
        await settleEffect(tx, ports, { kind: "run", id: run.id }, { ...BARE, state: "done", ...found, effectId });
      }),

    /** The other system is asked once more. Found: done. Proved absent: sent. Still unclear: in doubt again. */
    lookAgain: (by: Actor, { runId, nodeId }: StepRef) =>
      act(by, { runId, action: "run.step_looked_again" }, async (tx, run) => {
        const step = await stuckStep(tx, ports, { run, nodeId });
        const { effectId, slot, iteration } = doubtOf(step, nodeId);
        const until = await reopenEffect(tx, { effectId, forMs: triedFor(step.facts, effectId) });
        if (!until) throw notInDoubt();
        const data = { slot, iteration, effectId, retryUntil: until.toISOString(), by: by.id };
        await append(tx, ports, run, [{ kind: "reopened", nodeId, data }]);
      }),
  };
}

/** New tries of what is stuck; never of what is in doubt. */
const retries = (ports: ExecutionPorts, act: Act) => ({
  retry: (by: Actor, { runId, nodeId }: StepRef, input: Readonly<Record<string, unknown>> | undefined) =>
    act(by, { runId, action: "run.step_retried" }, async (tx, run) => {
      const { stuck } = await stuckStep(tx, ports, { run, nodeId });
      if (stuck.inDoubt) throw inDoubt();
      const fact = retried(by, nodeId, stuck);
      await append(tx, ports, run, [input ? { ...fact, sealed: { input } } : fact]);
    }),

  /** As `retry`, where it is stuck for the same reason and since no later. */
  resume: (by: Actor, { runId, nodeId }: StepRef, { code, asOf }: { code: string; asOf: string }) =>
    act(by, { runId, action: "run.step_retried" }, async (tx, run) => {
      const { stuck, facts } = await stuckStep(tx, ports, { run, nodeId });
      if (stuck.inDoubt) throw inDoubt();
      if (stuck.code !== code || stuckSince(facts, nodeId) > asOf) throw notStuck();
      await append(tx, ports, run, [retried(by, nodeId, stuck)]);
    }),

  /** Every step that is stuck, but for those in doubt. */
  retryAll: (by: Actor, runId: string) =>
    act(by, { runId, action: "run.step_retried" }, async (tx, run) => {
      const { folded } = await readRun(tx, ports, run);
      const stuck = stuckOf(folded);
      const facts = stuck.flatMap((one) => (one.stuck.inDoubt ? [] : [retried(by, one.nodeId, one.stuck)]));
      if (facts.length === 0) throw stuck.length > 0 ? inDoubt() : notStuck();
      await append(tx, ports, run, facts);
    }),
});

export interface Skip {
  readonly output: string;
  readonly values: Readonly<Record<string, unknown>> | undefined;
}

type Act = ReturnType<typeof createAct>;

/** Locks the run, does the work, records who did it; then wakes the run and tells who looks on. Answers what it left the run in. */
const createAct =
  ({ db, ports }: RunActionDependencies) =>
  async (
    by: Actor,
    { runId, action }: { runId: string; action: AuditAction },
    work: (tx: Tx, run: RunRow) => Promise<void>,
  ): Promise<{ state: RunState }> => {
    const state = await transact(db, async (tx) => {
      const run = await lockRun(tx, runId);
      if (run?.workspace_id !== by.workspaceId) throw notFound("run");
      await authorizeRun(tx, by, "runs:act", run);
      if (run.finished_at)
        throw conflict("run_finished", "This run is over; nothing about it can be changed any more.");
      await work(tx, run);
      await auditBy(tx, by, { action, target: { kind: "run", id: runId } });
      return (await findRun(tx, runId))?.state ?? run.state;
    });
    ports.wake(runId);
    ports.changed(by.workspaceId, "run", [runId]);
    return { state };
  };

const append = (tx: Tx, { sealer }: ExecutionPorts, run: RunRow, facts: readonly NewFact[]): Promise<void> =>
  appendFacts(tx, sealer, run, { facts, dueAt: "now" });

const retried = (by: Actor, nodeId: string, { slot, iteration }: Stuck): FactOfRetry => ({
  kind: "retried",
  nodeId,
  data: { slot, iteration: iteration + 1, by: by.id },
});
type FactOfRetry = Extract<NewFact, { kind: "retried" }>;

const stuckOf = ({ flow, record }: Folded): { nodeId: string; stuck: Stuck }[] =>
  flow.nodes.flatMap(({ id }) => {
    const { stuck } = record(id);
    return stuck ? [{ nodeId: id, stuck }] : [];
  });

async function stuckStep(tx: Tx, ports: ExecutionPorts, { run, nodeId }: { run: RunRow; nodeId: string }) {
  const { facts, folded } = await readRun(tx, ports, run);
  const stuck = folded.record(nodeId).stuck;
  if (!stuck) throw notStuck();
  return { facts, folded, stuck };
}

type StuckStep = Awaited<ReturnType<typeof stuckStep>>;

function doubtOf({ folded, stuck }: StuckStep, nodeId: string): EffectRecord {
  const { effects } = folded.record(nodeId);
  const effect = effects.find(({ slot, iteration }) => slot === stuck.slot && iteration === stuck.iteration);
  if (!effect || !stuck.inDoubt) throw notInDoubt();
  return effect;
}

const notStuck = () => conflict("step_not_stuck", "This step is not stuck any more. Look at the run again.");

const notInDoubt = () => conflict("step_not_in_doubt", "This step is not in doubt.");

/** As long as it was tried when it was planned: a retry would get no more. */
function triedFor(facts: readonly Fact[], effectId: string): number {
  const planned = facts.find((fact) => fact.kind === "planned" && fact.data.effectId === effectId);
  return planned?.kind === "planned" ? Date.parse(planned.data.retryUntil) - Date.parse(planned.at) : 0;
}

const inDoubt = () =>
  conflict(
    "step_in_doubt",
    "This step may have gone through. Look again, say that it happened, skip it, or cancel the run.",
  );

const unknownOutput = (output: string, outputs: readonly string[]) =>
  conflict("unknown_output", `This step can go on by ${outputs.join(" or ")}, not by ${output}.`);

export type RunActions = ReturnType<typeof createRunActions>;

function outputsOf({ graph }: Folded, nodeId: string): string[] {
  const node = graph.node(nodeId);
  return node ? nodes[node.type].outputs(node.config).map(({ name }) => name) : [];
}

async function readRun(tx: Tx, ports: ExecutionPorts, run: RunRow) {
  const flow = await ports.publishedFlow(tx, run.flow_version_id);
  const stored = await readFacts(tx, run.id);
  const opened = await openFacts(tx, ports.sealer, { runId: run.id, facts: stored });
  const facts = opened ?? stored.map(({ fact }) => fact);
  return { facts, folded: fold(flow, facts) };
}
