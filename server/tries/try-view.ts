import { connectorOfAction } from "../../workflows/flow/action-name.js";
import type { Fact } from "../../workflows/flow/facts.js";
import { approvalsTaken, examplesRead } from "../../workflows/flow/try/taken-for.js";
import { stepViews } from "../runs/run-views.js";
import type { Try, TryEffect } from "./try-api.js";
import type { RehearsedEffect, WholeTry } from "./try-service.js";

/** A try as pages show it: its steps are those of a run. */
export function tryView(whole: WholeTry): Try {
  const { flow, tried, tryable, now, pins, effects } = whole;
  const { whyNot, view, facts, path, cameIn } = tried;
  const { feedback, contact, account } = tryable.context;
  return {
    at: now.toISOString(),
    event: { feedback, contact, account },
    isMasked: tryable.isMasked,
    whyNot: whyNot && { ...whyNot },
    state: view.state,
    outcome: view.outcome,
    path: [...path],
    steps: stepViews(flow, facts, []).map((step) => ({
      ...step,
      waitsUntil: waitOf(facts, step.nodeId) ?? step.waitsUntil,
      cameIn: { ...cameIn[step.nodeId] },
      isPinned: step.nodeId in pins,
    })),
    effects: effects.map((effect) => effectView(whole, effect)),
  };
}

/** A wait passes at once, and is told all the same. */
function waitOf(facts: readonly Fact[], nodeId: string): string | null {
  const begun = facts.find((fact) => fact.kind === "waits" && fact.nodeId === nodeId);
  return begun?.kind === "waits" ? begun.data.until : null;
}

function effectView(whole: WholeTry, { effect, connection, rehearsed }: RehearsedEffect): TryEffect {
  const { nodeId, slot, action, input } = effect;
  return {
    ...{ nodeId, slot, action, system: connectorOfAction(action), input: { ...input } },
    connection: connection ? { id: connection.id, name: connection.name, state: connection.state } : null,
    request: rehearsed.kind === "request" ? { ...rehearsed.request } : null,
    refused: rehearsed.kind === "refused" ? withoutKind(rehearsed) : null,
    ...{ examples: examplesRead(whole, nodeId), approvals: approvalsTaken(whole, nodeId) },
  };
}

const withoutKind = ({ code, message, field }: Extract<RehearsedEffect["rehearsed"], { kind: "refused" }>) => ({
  code,
  message,
  field,
});
