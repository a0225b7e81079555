import type { World } from "../evaluate.js";
import type { Fact } from "../facts.js";
import { nodes } from "../nodes/index.js";
import type { NodeId } from "../parts.js";
import type { Edge, NodeType, PublishedFlow } from "../schema.js";
import { simulate } from "../simulate.js";
import { pinSchema, type Pin, type Pins } from "../try/pin.js";
import { answersOf } from "../try/pins.js";

interface Going {
  readonly flow: PublishedFlow;
  readonly world: World;
  readonly pins: Pins;
  /** The fact that the run began. */
  readonly started: readonly Fact[];
}

/** What a run would have to tell that came to this step, whatever its event chooses: every choice on one way to it is given. */
export function asIfHere(nodeId: NodeId, { flow, world, pins, started }: Going): readonly Fact[] {
  const types = new Map(flow.nodes.map(({ id, type }) => [id, type]));
  const way = wayTo(flow, nodeId).flatMap(({ from, output }) => {
    const type = types.get(from);
    return type ? [{ from, output, type }] : [];
  });
  const choices = way.filter(({ type }) => nodes[type].chooses === true);
  const chosen = choices.map(({ from, output }, index): Fact => {
    const at = world.now.toISOString();
    return { kind: "chose", nodeId: from, data: { output }, seq: started.length + index + 1, at };
  });
  const answered = way.flatMap(({ from, output, type }) => {
    const pin = pinTo(output, type, pins[from]);
    return pin ? [[from, pin] as const] : [];
  });
  const answers = answersOf({ ...pins, ...Object.fromEntries(answered) }, world);
  return simulate(flow, world, answers, [...started, ...chosen]).facts;
}

/** The answer that leads out by this way, where the step's own pin, or none, would not. */
function pinTo(output: string, type: NodeType, pin: Pin | undefined): Pin | null {
  if (type === "approval") return pinSchema.safeParse({ kind: "decided", output }).data ?? null;
  if (type !== "action" || (pin?.kind === "failed") === (output === FAILURE)) return null;
  return output === FAILURE ? { kind: "failed", code: "failed" } : { kind: "done", output: {} };
}

const FAILURE = "failure";

/** A shortest way to it, from the end. */
function wayTo({ edges }: PublishedFlow, nodeId: NodeId): readonly Edge[] {
  const seen = new Set([nodeId]);
  const open: (readonly Edge[])[] = edges.filter(({ to }) => to === nodeId).map((edge) => [edge]);
  let way: readonly Edge[] = [];
  for (let next = open.shift(); next; next = open.shift()) {
    const from = next.at(-1)?.from ?? nodeId;
    if (seen.has(from)) continue;
    seen.add(from);
    const into = edges.filter(({ to }) => to === from);
    if (into.length === 0) return next;
    way = next;
    for (const edge of into) open.push([...next, edge]);
  }
  return way;
}
