import { expect, it } from "vitest";
import { simulate } from "../simulate.js";
import { aFlow, aNode } from "../testing/a-flow.js";
import { aWorld } from "../testing/a-world.js";
import { answersOf } from "../try/pins.js";
import { asIfHere } from "./as-if-here.js";

const LEVELS = 30;
const MANY = 10_000;

/** Each choice doubles the ways to the end, and all of them meet again. */
function aLadder() {
  const levels = Array.from({ length: LEVELS }, (_, level) => level);
  const drawn = levels.flatMap((level) => [
    aNode("condition", `c${String(level)}`),
    aNode("join", `j${String(level)}`),
  ]);
  const ways = levels.map((level) => {
    const [choice, meet] = [`c${String(level)}`, `j${String(level)}`];
    const before = level === 0 ? "gate:no" : `j${String(level - 1)}`;
    return `${before} > ${choice}, ${choice}:yes > ${meet}, ${choice}:no > ${meet}`;
  });
  const all = ["start > gate", ...ways, `j${String(LEVELS - 1)} > last`].join(", ");
  return aFlow([aNode("condition", "gate"), ...drawn, aNode("end", "last")], all);
}

it("of many ways that part and meet, each step is looked at once", () => {
  const flow = aLadder();
  const world = aWorld();
  const { facts } = simulate(flow, world, answersOf({}, world));
  expect(facts.some(({ nodeId }) => nodeId === "c0")).toBe(false);
  let looks = 0;
  const edges = new Proxy(flow.edges, {
    get: (target, name) => {
      looks += 1;
      if (looks > MANY) throw new Error("The ways are looked at again and again.");
      return Reflect.get(target, name) as unknown;
    },
  });
  const shown = asIfHere("last", { flow: { ...flow, edges }, world, pins: {}, started: facts.slice(0, 1) });
  expect(simulate(flow, world, answersOf({}, world), shown).view.steps["last"]?.state).toBe("done");
});
