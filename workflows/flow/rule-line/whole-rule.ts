import type { House } from "./house.js";
import { parseLine } from "./parse.js";
import type { Sequence } from "./tree.js";

/** Whether a line can be drawn as it stands and does something: "NPS < 6" alone is only begun. */
export function isWholeRule(text: string, house: House): boolean {
  const read = parseLine(text, house);
  return read.ok && doesSomething(read.line.steps);
}

const doesSomething = (steps: Sequence): boolean =>
  steps.some((step) => {
    if (step.kind === "choice") return doesSomething(step.yes) || doesSomething(step.no);
    return step.kind === "parallel" ? step.ways.some(doesSomething) : true;
  });
