import { groupBy } from "../../workflows/flow/group-by.js";
import type { DraftNode, Edge, FlowDraft } from "../../workflows/flow/schema.js";
import { FAILURE, outputsOf } from "../flow/outputs.js";

/** A way out of a step, and where it leads to; null where it leads nowhere yet. */
export interface By {
  readonly from: string;
  readonly output: string;
  readonly to: string | null;
}

/** One line of the outline: a step, a reference to a step that stands elsewhere, or a way out that waits for a step. */
export interface Row {
  readonly key: string;
  readonly kind: "step" | "refer" | "open";
  /** The step; of a way out that is open, the step that it leaves. */
  readonly nodeId: string;
  /** From 1. What follows stands below, on the same level; what branches off is one deeper. */
  readonly level: number;
  readonly by: By | null;
  /** The way out is named where a step has several. */
  readonly isBranch: boolean;
}

/** The flow as lines, in reading order. Every step stands once; where a second way leads to it, a line refers to it. */
export function rowsOf(flow: Pick<FlowDraft, "nodes" | "edges">): readonly Row[] {
  const writing = new Writing(flow);
  for (const { id } of roots(flow)) writing.step(id, { level: 1, by: null, isBranch: false });
  // Only those on a circle are left.
  for (const { id } of flow.nodes) writing.step(id, { level: 1, by: null, isBranch: false });
  return writing.rows;
}

const byPlace = (a: DraftNode, b: DraftNode) => a.position.y - b.position.y || a.position.x - b.position.x;

/** Triggers first, then whatever nothing leads to. */
function roots({ nodes, edges }: Pick<FlowDraft, "nodes" | "edges">): readonly DraftNode[] {
  const led = new Set(edges.map(({ to }) => to));
  const triggers = nodes.filter(({ type }) => type === "trigger");
  const loose = nodes.filter(({ id, type }) => type !== "trigger" && !led.has(id));
  return [...triggers, ...loose.toSorted(byPlace)];
}

type Place = Pick<Row, "level" | "by" | "isBranch">;

class Writing {
  readonly rows: Row[] = [];
  private readonly said = new Set<string>();
  private readonly byId: ReadonlyMap<string, DraftNode>;
  private readonly outOf: ReadonlyMap<string, readonly Edge[]>;

  constructor({ nodes, edges }: Pick<FlowDraft, "nodes" | "edges">) {
    this.byId = new Map(nodes.map((node) => [node.id, node]));
    this.outOf = groupBy(edges, ({ from }) => from);
  }

  step(id: string, place: Place): void {
    let next: { readonly node: DraftNode; readonly place: Place } | null = this.take(id, place);
    // A chain is walked, not nested: it may be as long as the flow.
    while (next) next = this.write(next.node, next.place);
  }

  private take(id: string, place: Place) {
    const node = this.byId.get(id);
    return node && !this.said.has(id) ? { node, place } : null;
  }

  /** Writes a step and its branches; returns what follows on the same level. */
  private write(node: DraftNode, place: Place) {
    this.said.add(node.id);
    this.rows.push({ key: `step:${node.id}`, kind: "step", nodeId: node.id, ...place });
    const [main, ...others] = outputsOf(node).filter((output) => output !== FAILURE);
    this.failure(node.id, place.level + 1);
    if (main === undefined) return null;
    if (others.length === 0) return this.goOn({ from: node.id, output: main }, place.level);
    for (const output of [main, ...others]) this.branch({ from: node.id, output }, place.level + 1);
    return null;
  }

  private edges(from: string, output: string): readonly Edge[] {
    return (this.outOf.get(from) ?? []).filter((edge) => edge.output === output);
  }

  private failure(from: string, level: number): void {
    for (const edge of this.edges(from, FAILURE)) this.lead(edge, { level, isBranch: true });
  }

  /** The only way out: one step follows below, several branch off. */
  private goOn(way: Omit<Edge, "to">, level: number) {
    const [only, ...others] = this.edges(way.from, way.output);
    if (!only) {
      this.open(way, { level, isBranch: false });
      return null;
    }
    if (others.length > 0) {
      for (const edge of [only, ...others]) this.lead(edge, { level: level + 1, isBranch: false });
      return null;
    }
    const next = this.take(only.to, { level, by: only, isBranch: false });
    if (!next) this.refer(only, { level, isBranch: false });
    return next;
  }

  private branch(way: Omit<Edge, "to">, level: number): void {
    const edges = this.edges(way.from, way.output);
    for (const edge of edges) this.lead(edge, { level, isBranch: true });
    if (edges.length === 0) this.open(way, { level, isBranch: true });
  }

  private lead(edge: Edge, place: Omit<Place, "by">): void {
    if (this.said.has(edge.to)) this.refer(edge, place);
    else this.step(edge.to, { ...place, by: edge });
  }

  private refer(edge: Edge, place: Omit<Place, "by">): void {
    if (!this.byId.has(edge.to)) return;
    const key = `refer:${edge.from}:${edge.output}:${edge.to}`;
    this.rows.push({ key, kind: "refer", nodeId: edge.to, by: edge, ...place });
  }

  private open({ from, output }: Omit<Edge, "to">, place: Omit<Place, "by">): void {
    this.rows.push({
      key: `open:${from}:${output}`,
      kind: "open",
      nodeId: from,
      by: { from, output, to: null },
      ...place,
    });
  }
}

export interface Placed extends Row {
  readonly parent: number | null;
  readonly position: number;
  readonly size: number;
}

/** Which row each row stands under, and the how-manieth there: what a screen reader tells of a tree. */
export function placed(rows: readonly Row[]): readonly Placed[] {
  const above: number[] = [];
  const parents = rows.map(({ level }, index) => {
    above.length = Math.min(above.length, level - 1);
    const parent = above.at(-1) ?? null;
    above[level - 1] = index;
    return parent;
  });
  const sizes = new Map<number | null, number>();
  const positions = parents.map((parent) => {
    const position = (sizes.get(parent) ?? 0) + 1;
    sizes.set(parent, position);
    return position;
  });
  return rows.map((row, index) => {
    const parent = parents[index] ?? null;
    return { ...row, parent, position: positions[index] ?? 1, size: sizes.get(parent) ?? 1 };
  });
}
