import { contextAt } from "../context.js";
import { nodeWorld, type World } from "../evaluate.js";
import type { FlowContext } from "../catalogue.js";
import type { Fact } from "../facts.js";
import { fieldsAt } from "../field-flow.js";
import { interpret } from "../interpreter.js";
import { maskEmployees } from "../mask-employees.js";
import type { NodeId } from "../parts.js";
import type { FlowDraft } from "../schema.js";
import { simulate } from "../simulate.js";
import { answersOf } from "../try/pins.js";
import type { Pins } from "../try/pin.js";
import { whyNotStarted } from "../try/why-not.js";
import { asIfHere } from "./as-if-here.js";
import { conditionsOf } from "./conditions.js";
import { flowUpTo, type FlowUpTo } from "./flow-up-to.js";
import { readLoosely } from "./read-loosely.js";
import { textsOf } from "./texts.js";
import type { StepPreview } from "./told.js";
import { valuesOf } from "./values.js";

/**
 * What one step of a draft would do on an event, by the evaluation of real runs: the steps before it answer as in a try. An event that
 * does not come to the step is shown as if it did, and that it does not is told. Null: there is no such step.
 */
export function previewStep(draft: FlowDraft, nodeId: NodeId, world: World, pins: Pins): StepPreview | null {
  const node = draft.nodes.find(({ id }) => id === nodeId);
  if (!node) return null;
  const upTo = flowUpTo(draft, nodeId);
  const { arrival, facts } = happenedBefore(upTo, nodeId, world, pins);
  const { folded } = interpret(upTo.flow, facts);
  const at = nodeWorld(folded, { nodeId, slot: "main", iteration: 0 }, world);
  const fields = fieldsAt(upTo.flow, nodeId, world.catalogue);
  const read = contextAt(folded, nodeId, maskEmployees(world.context, false), world.now);
  const config = readLoosely(node);
  const isRead = config !== undefined;
  return {
    arrival,
    texts: isRead ? textsOf(node, { config, world: at, pins }) : {},
    conditions: isRead ? conditionsOf(node.type, config, { world: at, fields }) : {},
    ...decidedIn(facts, nodeId),
    values: valuesOf(fields, read),
  };
}

/** Whether an event starts a draft; null while its trigger is not filled in. */
export function startsFlow(draft: FlowDraft, context: FlowContext): boolean | null {
  const trigger = draft.nodes.find(({ type }) => type === "trigger");
  if (!trigger) return null;
  const { flow } = flowUpTo(draft, trigger.id);
  return flow.nodes.some(({ type }) => type === "trigger") ? whyNotStarted(flow, context) === null : null;
}

interface Before extends Pick<StepPreview, "arrival"> {
  readonly facts: readonly Fact[];
}

function happenedBefore({ flow, isWhole }: FlowUpTo, nodeId: NodeId, world: World, pins: Pins): Before {
  const { facts, view } = simulate(flow, world, answersOf(pins, world));
  const state = view.steps[nodeId]?.state ?? "pending";
  const isHere = state !== "pending" && state !== "dead";
  const shown = isHere ? facts : asIfHere(nodeId, { flow, world, pins, started: facts.slice(0, 1) });
  if (whyNotStarted(flow, world.context)) return { arrival: "notStarted", facts: shown };
  if (isHere) return { arrival: "here", facts: shown };
  return { arrival: isWhole ? "elsewhere" : "unknown", facts: shown };
}

function decidedIn(facts: readonly Fact[], nodeId: NodeId): Pick<StepPreview, "way" | "until"> {
  const own = facts.filter((fact) => fact.nodeId === nodeId);
  const chose = own.find((fact) => fact.kind === "chose");
  const waits = own.find((fact) => fact.kind === "waits");
  return { way: chose?.data.output ?? null, until: waits?.data.until ?? null };
}
