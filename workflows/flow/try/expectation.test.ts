import { expect, it } from "vitest";
import type { PublishedFlow } from "../schema.js";
import { aFlow, aNode } from "../testing/a-flow.js";
import { aContext, aWorld } from "../testing/a-world.js";
import { differencesBetween, differenceSentence, expectationOf, type Expectation } from "./expectation.js";
import { tryFlow } from "./try-flow.js";

const post = (text: string) => aNode("action", "tell", { input: { channel: "#cx", text } });
const limit = (value: number) =>
  aNode("condition", "check", {
    when: { match: "all", rows: [{ field: "feedback.score", operator: "atMost", value }] },
  });
const WAYS = "start > check, check:yes > tell, tell > end";
const drawn = (text = "Score {{ feedback.score }}", most = 6): PublishedFlow =>
  aFlow([limit(most), post(text), aNode("end", "end", { outcome: "told" })], WAYS);
const of = (flow: PublishedFlow): Expectation =>
  expectationOf(flow, tryFlow(flow, aWorld({ context: aContext() }), {}));
const told = (is: PublishedFlow): string[] => differencesBetween(of(drawn()), of(is)).map(differenceSentence);

it("the same flow, drawn anew, differs in nothing", () => {
  expect(told(drawn())).toEqual([]);
});

it("a text that changed is told with its step, before and after", () => {
  expect(told(drawn("Only {{ feedback.score }}"))).toEqual(["Step tell: text was “Score 3”, is “Only 3”."]);
});

it("another way is told, with what is not reached and not sent any more", () => {
  expect(told(drawn(undefined, 2))).toEqual([
    "Step tell is not reached any more.",
    "Step end is not reached any more.",
    "Step check left by yes, leaves by no.",
    "Step tell sends nothing any more.",
    "The end was “told”, is “done”.",
  ]);
});

it("a flow that does not start any more says that alone", () => {
  const flow = drawn();
  const nodes = flow.nodes.map((node) =>
    node.type === "trigger" ? { ...node, config: { ...node.config, metrics: ["csat" as const] } } : node,
  );
  expect(told({ ...flow, nodes })).toEqual(["The flow does not start any more."]);
});

it("whatever order a database gives the parts of a request in, it is the same", () => {
  const was = of(drawn());
  const [first] = was.requests;
  const input = { text: first?.input["text"], channel: first?.input["channel"] };
  expect(differencesBetween(was, { ...was, requests: [{ ...first!, input }] })).toEqual([]);
});
