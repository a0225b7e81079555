import { groupBy } from "../group-by.js";
import { graphOf, type Graph } from "../graph.js";
import type { DraftNode, Edge, FlowDraft } from "../schema.js";
import type { House } from "./house.js";
import { readCondition, readStep, readTrigger } from "./read-nodes.js";
import { NotSayable } from "./reasons.js";
import type { Line, Sequence, Step } from "./tree.js";

/** What a flow says as a line; throws `NotSayable` where a line cannot say it. */
export function lineOfFlow(flow: FlowDraft, house: House): Line {
  const triggers = flow.nodes.filter(({ type }) => type === "trigger");
  const [trigger, ...others] = triggers;
  if (!trigger || others.length > 0) throw new NotSayable("trigger", others[0]?.id ?? null);
  const off = flow.nodes.find(({ disabled }) => disabled === true);
  if (off) throw new NotSayable("disabled", off.id);
  for (const node of flow.nodes) checkWaysOut(node, graphOf(flow));
  const reading = new Reading(flow, house);
  const { steps, ends } = reading.from([{ from: trigger.id, output: "next" }]);
  const left = flow.nodes.find(({ id, type }) => type !== "trigger" && !reading.said.has(id));
  const tangled = ends.find((end) => reading.targets(end).length > 0);
  if (tangled) throw new NotSayable("tangled", tangled.from);
  if (left) throw new NotSayable("apart", left.id);
  return { head: readTrigger(trigger, house), steps };
}

/** A way out that nothing was read behind yet. */
type End = Omit<Edge, "to">;

interface Part {
  readonly steps: Sequence;
  readonly ends: readonly End[];
}

/** The ways out that a line can draw; an edge on any other is more than it can say. */
const sayable: Readonly<Partial<Record<DraftNode["type"], readonly string[]>>> = {
  condition: ["yes", "no"],
  approval: ["approved"],
  end: [],
  stop: [],
};

/** Nodes that no line can say, whatever leaves them. */
const unsaid: readonly DraftNode["type"][] = ["switch", "split", "set", "join"];

class Reading {
  readonly said = new Set<string>();
  private readonly graph: Graph<DraftNode>;
  private readonly house: House;

  constructor(flow: FlowDraft, house: House) {
    this.graph = graphOf(flow);
    this.house = house;
  }

  targets({ from, output }: End): readonly string[] {
    return this.graph
      .outOf(from)
      .filter((edge) => edge.output === output)
      .map(({ to }) => to);
  }

  /** Reads on for as long as these ends, and nobody else, lead to what comes next. */
  from(starts: readonly End[]): Part {
    const steps: Step[] = [];
    let ends = starts;
    for (let next = this.next(ends); next.length > 0; next = this.next(ends)) {
      const part = next.length > 1 ? this.parallel(next.map((id) => this.way(id))) : this.node(next[0] ?? "");
      steps.push(...part.steps);
      ends = part.ends;
    }
    return { steps, ends };
  }

  /** Ways side by side; those of them that meet before the others do are one way. */
  private parallel(ways: readonly Part[]): Part {
    for (const meeting of groupBy(ways, (way) => this.meets(way)).values()) {
      const joined = bothOf(meeting);
      const isSome = meeting.length > 1 && meeting.length < ways.length;
      if (!isSome || this.next(joined.ends).length === 0) continue;
      const rest = this.from(joined.ends);
      const one = { steps: [...joined.steps, ...rest.steps], ends: rest.ends };
      return this.parallel(ways.flatMap((way) => (way === meeting[0] ? [one] : meeting.includes(way) ? [] : [way])));
    }
    return bothOf(ways);
  }

  /** What all ends of a way lead to; nothing where they do not agree. */
  private meets({ ends: [first, ...others] }: Part): string {
    const targets = first ? this.targets(first) : [];
    return others.every((end) => isSame(this.targets(end), targets)) ? targets.toSorted().join(" ") : "";
  }

  /** Where all of these ends lead, if they lead to the same and nothing else leads there. */
  private next(ends: readonly End[]): readonly string[] {
    const [first, ...others] = ends;
    if (!first) return [];
    const targets = this.targets(first);
    const agree = others.every((end) => isSame(this.targets(end), targets));
    return agree && targets.every((id) => this.graph.into(id).length === ends.length) ? targets : [];
  }

  private way(id: string): Part {
    const { steps, ends } = this.node(id);
    const rest = this.from(ends);
    return { steps: [...steps, ...rest.steps], ends: rest.ends };
  }

  private node(id: string): Part {
    const node = this.graph.node(id);
    if (!node || this.said.has(id)) throw new NotSayable("tangled", id);
    this.said.add(id);
    if (node.type === "condition") return this.choice(node);
    const [output] = sayable[node.type] ?? ["next"];
    return { steps: [readStep(node, this.house)], ends: output === undefined ? [] : [{ from: id, output }] };
  }

  private choice(node: DraftNode): Part {
    const when = readCondition(node, this.house);
    const [yes, no] = ["yes", "no"].map((output) => this.from([{ from: node.id, output }]));
    if (!yes || !no) throw new NotSayable("tangled", node.id);
    return { steps: [{ kind: "choice", when, yes: yes.steps, no: no.steps }], ends: [...yes.ends, ...no.ends] };
  }
}

function checkWaysOut({ id, type }: DraftNode, { outOf }: Graph<DraftNode>): void {
  const said = sayable[type] ?? ["next"];
  const isOther = outOf(id).some(({ output }) => !said.includes(output));
  if (isOther && !unsaid.includes(type)) throw new NotSayable("way_out", id);
}

const bothOf = (ways: readonly Part[]): Part => ({
  steps: [{ kind: "parallel", ways: ways.map(({ steps }) => steps) }],
  ends: ways.flatMap(({ ends }) => ends),
});

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));
