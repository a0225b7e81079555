import { z } from "zod";
import type { PlannedEffect } from "../evaluation.js";
import type { World } from "../evaluate.js";
import { succeeded, type Answers, type EffectAnswer } from "../simulate.js";

const valueSchema = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]);

/** How one step is to answer in a try: what a system gives back or refuses, what a person decides. */
export const pinSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), output: z.record(z.string().max(60), valueSchema) }),
  z.object({ kind: z.literal("failed"), code: z.string().trim().min(1).max(100) }),
  z.object({ kind: z.literal("decided"), output: z.enum(["approved", "rejected", "expired"]) }),
]);
export type Pin = z.infer<typeof pinSchema>;

/** By node. */
export const pinsSchema = z.record(z.string().min(1).max(40), pinSchema);
export type Pins = z.infer<typeof pinsSchema>;

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
