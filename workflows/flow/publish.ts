import { readConfig } from "./checks/config.js";
import { checkContent } from "./checks/content.js";
import { checkStructure, checkWhole } from "./checks/structure.js";
import { hiddenOfEmployees } from "./checks/hidden-of-employees.js";
import { warningsOf } from "./checks/warnings.js";
import type { Catalogue } from "./catalogue.js";
import { topologicalOrder } from "./graph.js";
import type { PublishWorld } from "./node-type.js";
import type { Problem } from "./problem.js";
import { SCHEMA_VERSION, type FlowDraft, type FlowNode, type PublishedFlow } from "./schema.js";
import { switchedOffWarnings, switchedOn, triggerOff } from "./switched-off.js";

export type { Problem } from "./problem.js";
export { readPublishedFlow } from "./schema.js";

export interface Surroundings {
  readonly catalogue: Catalogue;
  readonly connectionIds: Iterable<string>;
  readonly sourceIds: Iterable<string>;
  /** Those of them where employees speak; none when absent. */
  readonly employeeSourceIds?: Iterable<string>;
  /** There are other sources, which whoever publishes does not see. */
  readonly onlyThese?: boolean;
}

export type Publication =
  | { readonly ok: true; readonly flow: PublishedFlow; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] };

/** Turns a draft into what may run, or says everything that keeps it from running, each with its node and field. */
export function publish(drawn: FlowDraft, surroundings: Surroundings): Publication {
  const { draft, leftOut } = switchedOn(drawn);
  const structure = [...checkWhole(drawn), ...triggerOff(drawn), ...checkStructure(draft)];
  const read = draft.nodes.map(readConfig);
  const flowNodes = read.flatMap((one) => ("node" in one ? [one.node] : []));
  const configs = read.flatMap((one) => ("problems" in one ? one.problems : []));
  const warnings = [
    ...warningsOf(flowNodes),
    ...hiddenOfEmployees(flowNodes, { draft, catalogue: surroundings.catalogue, ids: surroundings.employeeSourceIds }),
    ...switchedOffWarnings(drawn, leftOut),
  ];
  const content = structure.length > 0 ? [] : contentProblems(draft, flowNodes, surroundings);
  const problems = [...structure, ...configs, ...content];
  if (problems.length > 0) return { ok: false, problems, warnings };
  return { ok: true, flow: flowOf(draft, flowNodes, surroundings.catalogue), warnings };
}

function contentProblems(draft: FlowDraft, flowNodes: readonly FlowNode[], surroundings: Surroundings): Problem[] {
  const world: PublishWorld = {
    catalogue: surroundings.catalogue,
    connectionIds: new Set(surroundings.connectionIds),
    sourceIds: new Set(surroundings.sourceIds),
    onlyThese: surroundings.onlyThese ?? false,
  };
  // Against the draft: nodes that cannot be read yet keep their place, and the others are judged by the ways that are drawn.
  return flowNodes.flatMap((node) => checkContent(node, draft, world));
}

function flowOf({ edges }: FlowDraft, flowNodes: readonly FlowNode[], catalogue: Catalogue): PublishedFlow {
  const order = topologicalOrder({ nodes: flowNodes, edges });
  const byId = new Map(flowNodes.map((node) => [node.id, node]));
  const actions = flowNodes.flatMap((node) => (node.type === "action" ? [node.config.action] : []));
  return {
    published: true,
    schemaVersion: SCHEMA_VERSION,
    nodes: order.flatMap((id) => byId.get(id) ?? []),
    edges: edges.toSorted(byWay),
    actionSchemas: Object.fromEntries(actions.toSorted().map((ref) => [ref, catalogue.action(ref)?.schemaHash ?? ""])),
  };
}

type Way = FlowDraft["edges"][number];
const keyOf = ({ from, output, to }: Way): string => `${from} ${output} ${to}`;
const byWay = (left: Way, right: Way): number => (keyOf(left) < keyOf(right) ? -1 : 1);
