import type { Pins } from "./pin.js";

/** Whether a path reads what a step is only taken to answer: neither pinned, nor known. */
export function isExample(path: string, pins: Pins): boolean {
  const [root, step = "", field] = path.split(".");
  if (root !== "steps") return false;
  const pin = Object.hasOwn(pins, step) ? pins[step] : undefined;
  if (!pin) return true;
  // A step behind one that is pinned to fail may be shown as if it had not: what it gives is not pinned.
  if (pin.kind === "failed") return field !== "error";
  return pin.kind === "done" && field !== undefined && !Object.hasOwn(pin.output, field);
}
