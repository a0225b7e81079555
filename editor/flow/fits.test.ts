import { expect, test } from "vitest";
import { nodeTypes } from "../../workflows/flow/schema.js";
import { fits } from "./fits.js";
import { aFlow, aNode } from "./testing/drafts.js";

const begun = aFlow();
const empty = aFlow({ nodes: [], edges: [] });
const fitting = (...[where, flow]: [Parameters<typeof fits>[1], Parameters<typeof fits>[2]]) =>
  nodeTypes.filter((type) => fits(aNode("it", type), where, flow));

test("a flow has one trigger, and it stands by itself", () => {
  expect(fitting("place", empty)).toEqual(nodeTypes);
  expect(fitting("place", begun)).toEqual(nodeTypes.filter((type) => type !== "trigger"));
  expect(fitting("output", empty)).toEqual(nodeTypes.filter((type) => type !== "trigger"));
});

test("in a line stands only what a way leads out of", () => {
  const ends = ["trigger", "end", "stop"];
  expect(fitting("edge", empty)).toEqual(nodeTypes.filter((type) => !ends.includes(type)));
});
