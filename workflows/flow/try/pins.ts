import type { PlannedEffect } from "../evaluation.js";
import type { World } from "../evaluate.js";
import { succeeded, type Answers, type EffectAnswer } from "../simulate.js";
import type { Pin, Pins } from "./pin.js";

/** Steps without a pin answer as they do in any simulation: systems take what they get, and people approve. */
export const answersOf = (pins: Pins, world: World): Answers => ({
  effect: (effect) => effectAnswer(pins[effect.nodeId], effect, world),
  approval: ({ nodeId }) => {
    const pin = pins[nodeId];
    return { output: pin?.kind === "decided" ? pin.output : "approved" };
  },
});

/** A card that goes wrong is no decision: of an approval only what is decided is pinned. */
function effectAnswer(pin: Pin | undefined, effect: PlannedEffect, world: World): EffectAnswer {
  const usual = succeeded(world, effect);
  if (pin?.kind === "failed") return { state: "failed", code: pin.code };
  return pin?.kind === "done" ? { ...usual, output: { ...usual.output, ...pin.output } } : usual;
}
