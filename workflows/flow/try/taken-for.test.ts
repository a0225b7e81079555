import { expect, test } from "vitest";
import { aFlow, aNode } from "../testing/a-flow.js";
import { aWorld } from "../testing/a-world.js";
import type { Pins } from "./pin.js";
import { approvalsTaken, examplesRead } from "./taken-for.js";
import { tryFlow } from "./try-flow.js";

const ticket = (id: string) =>
  aNode("action", id, {
    action: "jira.createIssue@1",
    connectionId: "jira-1",
    input: { project: "SUP", summary: "A ticket" },
  });
const post = (id: string, text: string) => aNode("action", id, { input: { channel: "#cx", text } });
const flow = aFlow(
  [
    aNode("condition", "check"),
    ticket("ticket"),
    ticket("other"),
    aNode("set", "set", {
      values: [
        { name: "link", template: "See {{ steps.ticket.key }}" },
        { name: "score", template: "{{ feedback.score | default: 'none' }}" },
      ],
    }),
    aNode("approval", "ask"),
    post("byKey", "{{ steps.ticket.key }}"),
    post("byValue", "{{ values.link }}"),
    post("plain", "{{ values.score | default: 'none' }}, {{ steps.other.key | default: 'no other' }}"),
  ],
  "start > check, check:yes > ticket, check:no > other, ticket > set, set > ask, ask:approved > byKey, byKey > byValue, byValue > plain, other > plain",
);
const whole = (pins: Pins = {}) => ({ flow, pins, tried: tryFlow(flow, aWorld(), pins) });
const read = (nodeId: string, output?: Record<string, string>) =>
  examplesRead(whole(output && { ticket: { kind: "done", output } }), nodeId);

test("a step reads an example until what it reads is pinned", () => {
  expect(read("byKey")).toEqual(["ticket"]);
  expect(read("byKey", { another: "SUP-1" })).toEqual(["ticket"]);
  expect(read("byKey", { key: "SUP-1" })).toEqual([]);
});

test("a value that was set from an example is one, and another of the same step is none", () => {
  expect(read("byValue")).toEqual(["ticket"]);
  expect(read("byValue", { key: "SUP-1" })).toEqual([]);
  expect(read("plain")).toEqual([]);
});

test("an approval is taken as given on the way to a step after it, until it is pinned", () => {
  expect(approvalsTaken(whole(), "byKey")).toEqual(["ask"]);
  expect(approvalsTaken(whole(), "ticket")).toEqual([]);
  expect(approvalsTaken(whole({ ask: { kind: "decided", output: "approved" } }), "byKey")).toEqual([]);
});
