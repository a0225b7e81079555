import type { Pins } from "./pin.js";

/** Whether a path reads what a step is only taken to answer: neither pinned, nor known. */
export function isExample(path: string, pins: Pins): boolean {
  const [root, step = "", field] = path.split(".");
  if (root !== "steps") return false;
  const pin = Object.hasOwn(pins, step) ? pins[step] : undefined;
  if (pin?.kind !== "done") return pin === undefined;
  return field !== undefined && !Object.hasOwn(pin.output, field);
}
