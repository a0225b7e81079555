import { groupBy } from "../../workflows/flow/group-by.js";
import { interpret } from "../../workflows/flow/interpreter.js";
import { databaseNow } from "../../workflows/ledger/clock.js";
import { openFacts, readFacts } from "../../workflows/ledger/fact-store.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import type { Reader } from "../db/database.js";
import { byDay } from "../employees/by-day.js";
import type { z } from "zod";
import type { FailureGroup, failureGroupsSchema } from "./run-group-api.js";
import { stuckMessage } from "./stuck-message.js";
import { stuckSteps, type StuckQuery, type StuckStep } from "./stuck-steps.js";

/** No page shows more of them. */
const SHOWN = 20;

export async function failureGroups(
  reader: Reader,
  ports: ExecutionPorts,
  query: StuckQuery,
): Promise<z.infer<typeof failureGroupsSchema>> {
  const asOf = (await databaseNow(reader)).toISOString();
  const { steps, everything } = await stuckSteps(reader, ports, query);
  const groups = [...groupBy(steps, keyOf, (step) => step).values()].toSorted((a, b) => b.length - a.length);
  const items = await Promise.all(groups.slice(0, SHOWN).map((group) => groupView(reader, ports, { group, query })));
  return { items, asOf, everything: everything && groups.length <= SHOWN };
}

const keyOf = ({ run, node, code, inDoubt }: StuckStep): string =>
  JSON.stringify([run.flow_id, node.id, code, inDoubt]);

async function groupView(
  reader: Reader,
  ports: ExecutionPorts,
  { group, query }: { readonly group: readonly StuckStep[]; readonly query: StuckQuery },
): Promise<FailureGroup> {
  const [newest] = group;
  if (!newest) throw new Error("a group has a run");
  const { run, node, code, inDoubt } = newest;
  const since = group.map(({ at }) => at).reduce((first, at) => (at < first ? at : first));
  const tellable = query.mayReadPeople ? group.find((step) => !step.run.of_employee) : undefined;
  const hasEmployee = group.some((step) => step.run.of_employee);
  return {
    ...{ flowId: run.flow_id, flowName: run.flow_name, code, inDoubt, runs: group.length, runId: run.id },
    node: { id: node.id, type: node.type, title: node.title, config: { ...node.config } },
    since: hasEmployee ? byDay(since) : since,
    message: tellable ? await messageOf(reader, ports, tellable) : null,
  };
}

/** What the other system said, opened for this one run. */
async function messageOf(reader: Reader, ports: ExecutionPorts, { run, node }: StuckStep): Promise<string | null> {
  const facts = await openFacts(reader, ports.sealer, { runId: run.id, facts: await readFacts(reader, run.id) });
  if (facts === null) return null;
  const flow = await ports.publishedFlow(reader, run.flow_version_id);
  const { effects } = interpret(flow, facts).folded.record(node.id);
  const own = facts.filter(({ nodeId }) => nodeId === node.id);
  return effects.findLast(({ closing }) => !closing)?.message ?? stuckMessage(own);
}
