import fc from "fast-check";
import { expect, test } from "vitest";
import { connectNodes, refuseEdge } from "./edit.js";
import { refusalsFrom } from "./refusals.js";
import { aFlow, anEdge, aNode } from "./testing/drafts.js";

test("what is refused while a line is drawn is just what refuses the edge", () => {
  const names = ["when", "a", "b", "c", "d"] as const;
  const nodes = names.map((name) => aNode(name, name === "when" ? "trigger" : "action"));
  const pairs = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 30 });
  fc.assert(
    fc.property(pairs, fc.constantFrom(...names), (wanted, from) => {
      const flow = wanted.reduce(
        (drawn, [one, other]) => {
          const edge = anEdge(one, other);
          return refuseEdge(drawn, edge) === null ? connectNodes(drawn, edge) : drawn;
        },
        aFlow({ nodes, edges: [] }),
      );
      const refusals = refusalsFrom(flow, { from, output: "next" });
      for (const to of names) expect(refusals.get(to) ?? null).toBe(refuseEdge(flow, anEdge(from, to)));
    }),
  );
});
