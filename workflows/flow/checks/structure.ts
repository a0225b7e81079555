import { graphOf, topologicalOrder, type Graph } from "../graph.js";
import { nodes } from "../nodes/index.js";
import { problem, type Problem } from "../problem.js";
import { MAX_NODES, type DraftNode, type Edge, type FlowDraft } from "../schema.js";

/** Of all that is drawn, also of what is switched off. */
export const checkWhole = (draft: FlowDraft): Problem[] => [...checkSize(draft), ...checkIds(draft)];

/** Whether nodes and edges make one acyclic whole. Later checks rely on it, so they only run when it finds nothing. */
export function checkStructure(draft: FlowDraft): Problem[] {
  const graph = graphOf(draft);
  return [
    ...checkTrigger(draft),
    ...draft.edges.flatMap((edge) => checkEdge(edge, graph)),
    ...repeatedEdges(draft),
    ...draft.nodes.flatMap((node) => checkOutputs(node, graph)),
    ...checkWays(draft, graph),
  ];
}

const checkSize = ({ nodes: drawn }: FlowDraft): Problem[] =>
  drawn.length <= MAX_NODES
    ? []
    : [
        problem(null, null, "too_many_nodes", {
          message: `A flow may have ${MAX_NODES} steps.`,
          params: { max: MAX_NODES },
        }),
      ];

function checkIds({ nodes: drawn, retiredIds }: FlowDraft): Problem[] {
  const ids = drawn.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const retired = ids.filter((id) => retiredIds.includes(id));
  return [
    ...twice.map((id) =>
      problem(id, null, "repeated_id", { message: `Two steps have the id “${id}”.`, params: { id } }),
    ),
    ...retired.map((id) =>
      problem(id, null, "retired_id", {
        message: `The id “${id}” belonged to a step that was deleted. Ids are never used again.`,
        params: { id },
      }),
    ),
  ];
}

function checkTrigger({ nodes: drawn }: FlowDraft): Problem[] {
  const [first, ...others] = drawn.filter(({ type }) => type === "trigger");
  if (!first) {
    return [problem(null, null, "no_trigger", { message: "Add a trigger: it says which feedback starts this flow." })];
  }
  return others.map(({ id }) =>
    problem(id, null, "second_trigger", { message: "A flow has one trigger. Delete this one." }),
  );
}

function checkEdge({ from, output, to }: Edge, graph: Graph<DraftNode>): Problem[] {
  const [source, target] = [graph.node(from), graph.node(to)];
  if (!source || !target) {
    const message = "A connection leads to a step that does not exist.";
    return [problem(source ? from : null, null, "loose_edge", { message, params: { from, to } })];
  }
  if (target.type === "trigger")
    return [problem(from, null, "into_trigger", { message: "Nothing can lead to the trigger." })];
  if (nodes[source.type].outputs(source.config).some(({ name }) => name === output)) return [];
  const message = `A connection starts from “${output}”, which this step does not have.`;
  return [problem(from, null, "unknown_output", { message, params: { output, to } })];
}

function repeatedEdges({ edges }: FlowDraft): Problem[] {
  const keys = edges.map(({ from, output, to }) => `${from} ${output} ${to}`);
  const repeated = edges.filter((_edge, index) => keys.indexOf(keys[index] ?? "") !== index);
  return repeated.map(({ from, output, to }) =>
    problem(from, null, "repeated_edge", {
      message: "Two connections lead the same way. Delete one.",
      params: { output, to },
    }),
  );
}

/** A way out without an edge just ends there; where every way out does, or a needed one, the step leads nowhere. */
function checkOutputs({ id, type, config }: DraftNode, graph: Graph<DraftNode>): Problem[] {
  const outputs = nodes[type].outputs(config);
  const connected = new Set(graph.outOf(id).map(({ output }) => output));
  const missing = outputs.filter(({ name, required }) => required && !connected.has(name));
  const decides = nodes[type].group === "if" && outputs.length > 1;
  if (decides && outputs.every(({ name }) => !connected.has(name))) {
    return [problem(id, null, "leads_nowhere", { message: "Connect at least one way out of this step." })];
  }
  return missing.map(({ name }) =>
    problem(id, null, "output_not_connected", {
      message: name === "next" ? "Connect what comes next." : `Connect what happens when it is ${name}.`,
      params: { output: name },
    }),
  );
}

function checkWays(draft: FlowDraft, graph: Graph<DraftNode>): Problem[] {
  const ordered = new Set(topologicalOrder(draft));
  const triggers = new Set(draft.nodes.filter(({ type }) => type === "trigger").map(({ id }) => id));
  return draft.nodes.flatMap(({ id, type }) => {
    if (graph.before(id).has(id)) return [problem(id, null, "cycle", { message: "This step leads back to itself." })];
    if (!ordered.has(id) || type === "trigger") return [];
    const reached = [...graph.before(id)].some((before) => triggers.has(before));
    return reached ? [] : [problem(id, null, "unreachable", { message: "No way leads here from the trigger." })];
  });
}
