import { expect, it } from "vitest";
import { flowUpTo } from "../preview/flow-up-to.js";
import type { NodeType } from "../schema.js";
import { simulate } from "../simulate.js";
import { aDraft, aNode } from "../testing/a-flow.js";
import { aWorld } from "../testing/a-world.js";
import { answersOf } from "../try/pins.js";
import { nodes } from "./index.js";

const typesWhere = (holds: (type: NodeType) => boolean) =>
  Object.keys(nodes).filter((type): type is NodeType => holds(type as NodeType));

it("the node types that say that they choose are those whose evaluation tells a choice", () => {
  const tellsChoice = (type: NodeType) => {
    const { flow } = flowUpTo(aDraft([aNode(type, "it")], "start > it"), "it");
    const world = aWorld();
    const { facts } = simulate(flow, world, answersOf({}, world));
    return facts.some(({ kind }) => kind === "chose");
  };
  expect(typesWhere((type) => nodes[type].chooses === true)).toEqual(typesWhere(tellsChoice));
});
