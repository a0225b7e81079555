import { expect, test } from "vitest";
import { aDraft, aNode } from "../../workflows/flow/testing/a-flow.js";
import { compare } from "./compared.js";

test("one picture holds what is there with what is gone, each marked", () => {
  const before = aDraft([aNode("wait", "pause"), aNode("end", "end")], "start > pause, pause > end");
  const after = aDraft([aNode("set", "greet"), aNode("end", "end", { outcome: "greeted" })], "start > greet");
  const { both, steps, ways } = compare(before, after);
  expect(both.nodes.map(({ id }) => [id, steps.get(id)])).toEqual([
    ["start", undefined],
    ["greet", "added"],
    ["end", "changed"],
    ["pause", "removed"],
  ]);
  expect(both.edges).toHaveLength(3);
  expect([...ways.values()]).toEqual(["added", "removed", "removed"]);
});
