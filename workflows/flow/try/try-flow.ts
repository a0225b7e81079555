import { contextAt } from "../context.js";
import type { World } from "../evaluate.js";
import { interpret } from "../interpreter.js";
import { judgedBy } from "../judged-by.js";
import { maskEmployees } from "../mask-employees.js";
import type { NodeId } from "../parts.js";
import type { FlowNode, PublishedFlow } from "../schema.js";
import { simulate, type Simulation } from "../simulate.js";
import { readPath } from "../values.js";
import { pathsIn } from "./paths-in.js";
import type { Pins } from "./pin.js";
import { answersOf } from "./pins.js";
import { whyNotStarted, type WhyNot } from "./why-not.js";

/** A flow carried out on one event, by the interpreter of real runs, with nothing sent. */
export interface Tried extends Simulation {
  /** Null: the event starts the flow. Else nothing was carried out. */
  readonly whyNot: WhyNot | null;
  /** What each step that was reached read, by path; null is missing. */
  readonly cameIn: Readonly<Record<NodeId, Readonly<Record<string, unknown>>>>;
  /** The steps that were reached, in the order of the flow. */
  readonly path: readonly NodeId[];
}

export function tryFlow(flow: PublishedFlow, world: World, pins: Pins): Tried {
  const whyNot = whyNotStarted(flow, world.context);
  const run = whyNot ? notBegun(flow) : simulate(flow, world, answersOf(pins, world));
  const isReached = ({ id }: FlowNode): boolean => !UNREACHED.has(run.view.steps[id]?.state ?? "pending");
  const reached = whyNot ? [] : flow.nodes.filter(isReached);
  const { folded } = interpret(flow, run.facts);
  const cameIn = reached.map((node) => {
    const context = contextAt(folded, node.id, read(node, world), world.now);
    const values = pathsIn(node.config).map((path) => [path, readPath(context, path) ?? null] as const);
    return [node.id, Object.fromEntries(values)] as const;
  });
  return { ...run, whyNot, cameIn: Object.fromEntries(cameIn), path: reached.map(({ id }) => id) };
}

const UNREACHED: ReadonlySet<string> = new Set(["pending", "dead"]);

const notBegun = (flow: PublishedFlow): Simulation => ({
  facts: [],
  effects: [],
  approvals: [],
  view: interpret(flow, []).view(),
});

/** Conditions find less of employees than texts do. */
const read = ({ type }: FlowNode, { context }: World): World["context"] =>
  type === "trigger" || type === "condition" || type === "switch" ? judgedBy(context) : maskEmployees(context, false);
