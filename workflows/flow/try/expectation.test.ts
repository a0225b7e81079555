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

it("what is sent and was not before is told, with the step that sends it and the way to it", () => {
  expect(differencesBetween(of(drawn(undefined, 2)), of(drawn())).map(differenceSentence)).toEqual([
    "Step tell is reached, and was not before.",
    "Step end is reached, and was not before.",
    "Step check left by no, leaves by yes.",
    "Step tell sends something, and did not before.",
    "The end was “done”, is “told”.",
  ]);
});

it("of a step that sends more than one thing, each is held to its own", () => {
  const asking = aFlow([aNode("approval", "ask"), aNode("end", "end")], "start > ask, ask:approved > end");
  const was = of(asking);
  const [card, decision] = was.requests;
  expect([card?.slot, decision?.slot]).toEqual(["card", "decision"]);
  expect(differencesBetween(was, of(asking))).toEqual([]);
  const cardAlone = { ...was, requests: [card!] };
  expect(differencesBetween(was, cardAlone)).toMatchObject([{ kind: "notSent", step: "ask" }]);
  expect(differencesBetween(cardAlone, was)).toMatchObject([{ kind: "sent", step: "ask" }]);
  const changed = { ...decision!, input: { ...decision!.input, decision: "rejected" } };
  expect(differencesBetween(was, { ...was, requests: [card!, changed] }).map(differenceSentence)).toEqual([
    "Step ask: decision was “approved”, is “rejected”.",
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
