import type { PlannedEffect } from "./evaluation.js";
import type { NewFact } from "./facts.js";

/** What a run's record says of an effect before it is sent. */
export const plannedFact = ({ nodeId, retryUntil, ...effect }: PlannedEffect): NewFact => {
  const { slot, iteration, effectId, action, closing } = effect;
  const data = { slot, iteration, effectId, action, retryUntil: retryUntil.toISOString(), closing };
  return { kind: "planned", nodeId, data };
};
