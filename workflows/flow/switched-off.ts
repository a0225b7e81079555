import { graphOf, type Graph } from "./graph.js";
import { groupBy } from "./group-by.js";
import { nodes } from "./nodes/index.js";
import type { NodeId } from "./parts.js";
import { problem, type Problem } from "./problem.js";
import type { DraftNode, Edge, FlowDraft } from "./schema.js";

/** What a draft is without the steps that are switched off. */
export interface SwitchedOn {
  readonly draft: FlowDraft;
  /** Steps that are on, and that only a way leads to which is no longer taken. They are left out as well. */
  readonly leftOut: readonly NodeId[];
}

/** A trigger that is off keeps its place: without one there is no flow to speak of, and that alone is to be said. */
const isOff = ({ type, disabled }: DraftNode): boolean => disabled === true && type !== "trigger";

/** Whatever led to a step that is off leads on to what its first way out leads to. A draft where none is off is that very draft. */
export function switchedOn(draft: FlowDraft): SwitchedOn {
  if (!draft.nodes.some(isOff)) return { draft, leftOut: [] };
  const graph = graphOf(draft);
  const left = draft.nodes.filter((node) => !isOff(node));
  const edges = distinct(draft.edges.filter(({ from }) => isOn(graph, from)).flatMap((edge) => around(edge, graph)));
  const before = reached(draft);
  const now = reached({ nodes: left, edges });
  const leftOut = left.filter(({ id }) => before.has(id) && !now.has(id)).map(({ id }) => id);
  const gone = new Set(leftOut);
  return {
    draft: {
      ...draft,
      nodes: left.filter(({ id }) => !gone.has(id)),
      edges: edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)),
    },
    leftOut,
  };
}

/** An edge to nowhere stays: that it is loose is for the checks to say. */
function isOn(graph: Graph<DraftNode>, id: NodeId): boolean {
  const node = graph.node(id);
  return !node || !isOff(node);
}

/** The edge, or in its place those that pass by what is off; none where the way ends there. */
function around(edge: Edge, graph: Graph<DraftNode>): readonly Edge[] {
  const found: Edge[] = [];
  const passed = new Set<NodeId>();
  const open = [edge.to];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    const node = graph.node(id);
    if (!node || !isOff(node)) found.push({ ...edge, to: id });
    else if (!passed.has(id)) open.push(...firstWay(node, graph));
    passed.add(id);
  }
  return found;
}

const firstOutput = ({ type, config }: DraftNode): string | undefined => nodes[type].outputs(config)[0]?.name;

const firstWay = (node: DraftNode, graph: Graph<DraftNode>): readonly NodeId[] =>
  graph
    .outOf(node.id)
    .filter(({ output }) => output === firstOutput(node))
    .map(({ to }) => to);

/** Ways that became the same by what was left out stand once. */
function distinct(edges: readonly Edge[]): Edge[] {
  const seen = new Set<string>();
  return edges.filter(({ from, output, to }) => {
    const key = `${from} ${output} ${to}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function reached(drawn: Pick<FlowDraft, "nodes" | "edges">): ReadonlySet<NodeId> {
  const outOf = groupBy(drawn.edges, ({ from }) => from);
  const open = drawn.nodes.filter(({ type }) => type === "trigger").map(({ id }) => id);
  const found = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { to } of outOf.get(id) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return found;
}

/** A flow whose trigger is off hears nothing, so it is not published. */
export const triggerOff = ({ nodes: drawn }: FlowDraft): Problem[] =>
  drawn
    .filter(({ type, disabled }) => type === "trigger" && disabled === true)
    .map(({ id }) =>
      problem(id, null, "trigger_off", { message: "The trigger is switched off. Switch it on to publish the flow." }),
    );

/** Which way is taken past what would have decided, and what is left out with it. */
export const switchedOffWarnings = (draft: FlowDraft, leftOut: readonly NodeId[]): Problem[] => [
  ...draft.nodes.filter(isOff).flatMap(undecided),
  ...leftOut.map((id) =>
    problem(id, null, "left_out", {
      message: "This step is left out: only a step that is switched off leads here, by a way that is not taken.",
    }),
  ),
];

function undecided({ id, type, config }: DraftNode): Problem[] {
  const [first, ...others] = nodes[type].outputs(config);
  if (nodes[type].joinsFirst?.(config)) return [problem(id, null, "off_first", { message: offFirst })];
  if (!first || others.length === 0) return [];
  if (type === "condition") return [problem(id, null, "off_condition", { message: offCondition })];
  if (type === "approval") return [problem(id, null, "off_approval", { message: offApproval })];
  if (nodes[type].group !== "if") return [];
  const output = first.title ?? first.name;
  const message = `This step is switched off: the flow always goes on by “${output}”.`;
  return [problem(id, null, "off_choice", { message, params: { output } })];
}

const offCondition = "This condition is switched off: the flow always goes on by “yes”.";
const offFirst = "This step is switched off: what follows waits for all that leads here, not for the first.";
const offApproval = "This approval is switched off: nobody is asked, and the flow goes on as if it were approved.";
