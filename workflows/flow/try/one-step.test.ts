import { expect, test } from "vitest";
import { simulate } from "../simulate.js";
import { aFlow, aNode } from "../testing/a-flow.js";
import { aWorld } from "../testing/a-world.js";
import { oneStepOf } from "./one-step.js";

const call = (id: string) =>
  aNode("action", id, { action: "http.request@1", connectionId: null, input: { url: "https://example.com" } });
const flow = aFlow([call("one"), call("done"), aNode("wait", "rest")], "start > one, one > rest, rest > done");

test("one step of a flow does that step alone, and ends by the way that it goes", () => {
  const one = oneStepOf(flow, "one");
  if (!one) throw new Error("there is such a step");
  const sent = simulate(one, aWorld());
  expect(sent.effects.map(({ nodeId }) => nodeId)).toEqual(["one"]);
  expect(sent.view.outcome).toBe("done");
  const refused = simulate(one, aWorld(), { effect: () => ({ state: "failed", code: "rejected" }) });
  expect(refused.view).toMatchObject({ state: "finished", outcome: "failed" });
});

test("its ends take no name that the step has", () => {
  expect(oneStepOf(flow, "done")?.nodes.map(({ id }) => id)).toEqual(["start", "done", "done2", "failed"]);
});

test("only an action is done alone", () => {
  expect([oneStepOf(flow, "rest"), oneStepOf(flow, "start"), oneStepOf(flow, "none")]).toEqual([null, null, null]);
});
