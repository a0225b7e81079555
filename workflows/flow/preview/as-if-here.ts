import type { World } from "../evaluate.js";
import type { Fact } from "../facts.js";
import type { NodeId } from "../parts.js";
import type { Edge, PublishedFlow } from "../schema.js";
import { simulate } from "../simulate.js";
import type { Pin, Pins } from "../try/pin.js";
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
  const way = wayTo(flow, nodeId);
  const typeOf = (id: NodeId) => flow.nodes.find((node) => node.id === id)?.type;
  const choices = way.filter(({ from }) => CHOOSING.has(typeOf(from) ?? ""));
  const chosen = choices.map(({ from, output }, index): Fact => {
    const at = world.now.toISOString();
    return { kind: "chose", nodeId: from, data: { output }, seq: started.length + index + 1, at };
  });
  const answered = way.flatMap(({ from, output }) => {
    const pin = pinFor(typeOf(from), output);
    return pin ? [[from, pin] as const] : [];
  });
  const answers = answersOf({ ...pins, ...Object.fromEntries(answered) }, world);
  return simulate(flow, world, answers, [...started, ...chosen]).facts;
}

const CHOOSING: ReadonlySet<string> = new Set(["condition", "switch", "split"]);

function pinFor(type: string | undefined, output: string): Pin | null {
  if (type === "action" && output === "failure") return { kind: "failed", code: "failed" };
  if (type !== "approval") return null;
  return output === "rejected" || output === "expired" ? { kind: "decided", output } : null;
}

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
