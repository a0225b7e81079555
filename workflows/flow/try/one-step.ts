import type { FlowNode, PublishedFlow } from "../schema.js";
import { triggerOf } from "../trigger-of.js";

/** A flow of one step of a flow, behind its trigger: it ends by that step, whichever way it goes. Null: there is no such action. */
export function oneStepOf(flow: PublishedFlow, nodeId: string): PublishedFlow | null {
  const trigger = triggerOf(flow);
  const step = flow.nodes.find(({ id }) => id === nodeId);
  if (!trigger || step?.type !== "action") return null;
  const taken = new Set([trigger.id, nodeId]);
  const [done, failed] = [anEnd("done", taken), anEnd("failed", taken)];
  return {
    ...flow,
    nodes: [trigger, step, done, failed],
    edges: [
      { from: trigger.id, output: "next", to: nodeId },
      { from: nodeId, output: "next", to: done.id },
      { from: nodeId, output: "failure", to: failed.id },
    ],
  };
}

function anEnd(outcome: string, taken: ReadonlySet<string>): FlowNode {
  const id = [outcome, `${outcome}2`, `${outcome}3`].find((free) => !taken.has(free)) ?? outcome;
  return { id, type: "end", title: "", config: { outcome } };
}
