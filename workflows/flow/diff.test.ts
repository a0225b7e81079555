import { expect, test } from "vitest";
import { diffFlows, isUnchanged } from "./diff.js";
import type { FlowDraft } from "./schema.js";
import { aDraft, aNode } from "./testing/a-flow.js";

const wait = (amount: number) => aNode("wait", "pause", { mode: "duration", duration: { amount, unit: "hours" } });
const post = (text: string) => aNode("action", "post", { input: { channel: "#cx", text } });
const before = aDraft([wait(2), post("Hello")], "start > pause, pause > post");

test("a flow and itself differ in nothing", () => {
  const diff = diffFlows(before, structuredClone(before));
  expect(diff).toEqual({ steps: [], ways: [], others: [], moved: [] });
  expect(isUnchanged(diff)).toBe(true);
});

test("what was added and what was removed are named with their ways", () => {
  const after = aDraft([post("Hello"), aNode("end", "end")], "start > post, post > end");
  const { steps, ways } = diffFlows(before, after);
  expect(steps).toMatchObject([
    { kind: "added", node: { id: "end" } },
    { kind: "removed", node: { id: "pause" } },
  ]);
  expect(ways.map(({ kind, edge: { from, to } }) => `${kind} ${from} > ${to}`)).toEqual([
    "added start > post",
    "added post > end",
    "removed start > pause",
    "removed pause > post",
  ]);
});

test("a changed step names each changed field, an action's own ones as problems name them", () => {
  const { nodes, ...rest } = aDraft([wait(4), post("Good day")], "start > pause, pause > post");
  const after = { ...rest, nodes: nodes.map((node) => (node.id === "pause" ? { ...node, title: "A pause" } : node)) };
  expect(diffFlows(before, after).steps).toMatchObject([
    {
      kind: "changed",
      node: { id: "pause" },
      fields: [
        { of: "step", field: "title", before: "pause", after: "A pause" },
        {
          of: "config",
          field: "duration",
          before: { amount: 2, unit: "hours" },
          after: { amount: 4, unit: "hours" },
        },
      ],
    },
    {
      kind: "changed",
      node: { id: "post" },
      fields: [{ of: "config", field: "input.text", before: "Hello", after: "Good day" }],
    },
  ]);
});

test("a field that is left out is the same as its usual value, and a step moved on the canvas is not changed", () => {
  const after: FlowDraft = {
    ...before,
    nodes: before.nodes.map((node) => ({
      ...node,
      position: node.id === "post" ? { x: 80, y: 8 } : node.position,
      config: { ...node.config, left: undefined },
    })),
  };
  const diff = diffFlows(before, after);
  expect(diff.moved).toEqual(["post"]);
  expect(isUnchanged(diff)).toBe(true);
});

test("what else the document holds is compared, too", () => {
  const noted = {
    ...before,
    notes: [
      {
        id: "n1",
        text: "Why we wait",
        position: { x: 0, y: 0 },
        size: { width: 200, height: 120 },
        colour: "yellow" as const,
      },
    ],
  };
  expect(diffFlows(before, noted).others).toEqual(["notes"]);
  expect(isUnchanged(diffFlows(before, noted))).toBe(false);
});
