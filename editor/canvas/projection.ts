import type { Edge as CanvasEdge, Node as CanvasNode } from "@xyflow/react";
import { isSameJson } from "../../workflows/flow/canonical-json.js";
import { groupBy } from "../../workflows/flow/group-by.js";
import type { DraftNode, Edge, FlowDraft } from "../../workflows/flow/schema.js";
import type { StepView } from "../../server/runs/run-api.js";
import { FAILURE } from "../flow/outputs.js";

/** The canvas is a projection of the document; nothing is kept in it that is not in the document. */

export interface Port {
  readonly name: string;
  readonly label: string;
  readonly isUsed: boolean;
}

/** What a node says of itself, in the reader's language. */
export interface NodeWords {
  readonly title: string;
  readonly sentence: string;
  /** Node type or connector, for its mark. */
  readonly mark: string;
  readonly ports: readonly Omit<Port, "isUsed">[];
}

export interface Card extends Record<string, unknown> {
  readonly type: DraftNode["type"];
  readonly words: NodeWords;
  readonly ports: readonly Port[];
  readonly failure: Port | null;
  readonly hasInput: boolean;
  readonly problems: readonly string[];
  /** Nothing is wrong with it: it only waits to be filled in. */
  readonly isUnfinished: boolean;
  readonly step: StepView | null;
  readonly isOff: boolean;
  readonly comment: string | null;
}
export type CardNode = CanvasNode<Card, "card">;

export type Way = "open" | "taken" | "dead";
export interface WayData extends Record<string, unknown> {
  readonly edge: Edge;
  readonly way: Way;
  /** Null where nothing can be put in. */
  readonly onInsert: ((edge: Edge) => void) | null;
}
export type WayEdge = CanvasEdge<WayData, "way">;

export const edgeId = ({ from, output, to }: Edge): string => `${from}:${output}:${to}`;

export interface NodeContext {
  readonly describe: (node: DraftNode) => NodeWords;
  readonly problems: Readonly<Record<string, readonly string[]>>;
  /** Steps all of whose problems are that something is missing where nobody has been yet. */
  readonly unfinished: ReadonlySet<string>;
  readonly steps: Readonly<Record<string, StepView>>;
}

/** What a card shows, but for its node: as long as none of it changes, the card is the very same, and is not drawn again. */
interface Around {
  readonly describe: NodeContext["describe"];
  readonly used: string;
  readonly problems: string;
  readonly isUnfinished: boolean;
  readonly step: StepView | null;
}
const drawn = new WeakMap<DraftNode, { readonly around: Around; readonly card: CardNode }>();

const isSame = (a: Around, b: Around) =>
  a.describe === b.describe &&
  a.used === b.used &&
  a.problems === b.problems &&
  a.isUnfinished === b.isUnfinished &&
  a.step === b.step;

function toCard(node: DraftNode, used: ReadonlySet<string>, context: NodeContext): Card {
  const words = context.describe(node);
  const ports = words.ports.map((port) => ({ ...port, isUsed: used.has(port.name) }));
  return {
    type: node.type,
    words,
    ports: ports.filter(({ name }) => name !== FAILURE),
    failure: ports.find(({ name }) => name === FAILURE) ?? null,
    hasInput: node.type !== "trigger",
    problems: context.problems[node.id] ?? [],
    isUnfinished: context.unfinished.has(node.id),
    step: context.steps[node.id] ?? null,
    isOff: node.disabled === true,
    comment: node.comment ?? null,
  };
}

function toCardNode(node: DraftNode, used: ReadonlySet<string>, context: NodeContext): CardNode {
  const around: Around = {
    describe: context.describe,
    used: [...used].toSorted().join(" "),
    problems: (context.problems[node.id] ?? []).join("\n"),
    isUnfinished: context.unfinished.has(node.id),
    step: context.steps[node.id] ?? null,
  };
  const known = drawn.get(node);
  if (known && isSame(known.around, around)) return known.card;
  const data = toCard(node, used, context);
  // Other words are known by now, of which this card shows none.
  const isAsBefore = known !== undefined && isSameJson(known.card.data, data);
  const card: CardNode = isAsBefore ? known.card : { id: node.id, type: "card", position: node.position, data };
  drawn.set(node, { around, card });
  return card;
}

const nothing: ReadonlySet<string> = new Set();

export function toCanvasNodes({ nodes, edges }: Pick<FlowDraft, "nodes" | "edges">, context: NodeContext): CardNode[] {
  const outputs = groupBy(
    edges,
    ({ from }) => from,
    ({ output }) => output,
  );
  return nodes.map((node) => {
    const used = outputs.get(node.id);
    return toCardNode(node, used ? new Set(used) : nothing, context);
  });
}

/** In a run: taken by the output that its step took, dead when another was taken or the step itself is dead. */
export function wayOf({ from, output }: Edge, steps: Readonly<Record<string, StepView>>): Way {
  const step = steps[from];
  if (!step) return "open";
  if (step.state === "dead") return "dead";
  if (step.output === null) return "open";
  return step.output === output ? "taken" : "dead";
}

const drawnWays = new WeakMap<Edge, WayEdge & { readonly data: WayData }>();

/** Like a card, a way is the very same as long as nothing of it changes. */
function toWay(edge: Edge, way: Way, onInsert: WayData["onInsert"]): WayEdge {
  const known = drawnWays.get(edge);
  if (known && known.data.way === way && known.data.onInsert === onInsert) return known;
  const { from: source, output: sourceHandle, to: target } = edge;
  const data = { edge, way, onInsert };
  const drawnWay = { id: edgeId(edge), type: "way" as const, source, sourceHandle, target, data };
  drawnWays.set(edge, drawnWay);
  return drawnWay;
}

export const toCanvasEdges = (
  { edges }: Pick<FlowDraft, "edges">,
  steps: Readonly<Record<string, StepView>>,
  onInsert: WayData["onInsert"],
): WayEdge[] => edges.map((edge) => toWay(edge, wayOf(edge, steps), onInsert));
