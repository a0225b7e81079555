import type { Catalogue } from "../catalogue.js";
import type { PublishedFlow } from "../schema.js";
import type { Pin, Pins } from "./pin.js";

/** Pins as they may be kept for good: of what a system answers only what says nothing of anybody. All else is answered as it usually is. */
export function keptPins(pins: Pins, { nodes }: Pick<PublishedFlow, "nodes">, catalogue: Catalogue): Pins {
  return Object.fromEntries(
    Object.entries(pins).map(([nodeId, pin]) => {
      const node = nodes.find(({ id }) => id === nodeId);
      const spec = node?.type === "action" ? catalogue.action(node.config.action) : undefined;
      const isClear = (name: string): boolean => spec?.output[name]?.dataClass === "clear";
      return [nodeId, keptPin(pin, isClear)];
    }),
  );
}

/** That something is missing names nobody. */
function keptPin(pin: Pin, isClear: (name: string) => boolean): Pin {
  if (pin.kind !== "done") return pin;
  const kept = Object.entries(pin.output).filter(([name, value]) => value === null || isClear(name));
  return { kind: "done", output: Object.fromEntries(kept) };
}
