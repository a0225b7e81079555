import type { DraftNode, Edge, FlowDraft } from "../../workflows/flow/schema.js";
import { aNode, ways } from "../../workflows/flow/testing/a-flow.js";
import { aCall, allOf, anEnd } from "../drafts.js";

/** Of a condition, two calls and an end. */
const STEPS_PER_BRANCH = 4;
const BRANCHES_PER_LINE = 6;
const COLUMN = 320;
const LINE = 160;

const range = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

/** A trigger, and conditions one after the other with two calls each: at most so many steps, some four lines of a screen high at full zoom-out. */
export function largeDraft(steps: number): FlowDraft {
  const branches = range(Math.floor((steps - 1) / STEPS_PER_BRANCH));
  return {
    schemaVersion: 1,
    retiredIds: [],
    nodes: [aNode("trigger", "start", { when: null }), ...branches.flatMap(branchOf)],
    edges: branches.flatMap(waysOf),
  };
}

const branchOf = (number: number): DraftNode[] =>
  [
    aNode("condition", `ask${number}`, { when: allOf(["feedback.score", "lessThan", (number % 10) + 1]) }),
    aCall(`first${number}`, { sinkUrl: "https://example.com" }),
    aCall(`second${number}`, { sinkUrl: "https://example.com" }),
    anEnd(`end${number}`),
  ].map((node, place) => ({ ...node, position: placeOf(number, place) }));

const placeOf = (branch: number, place: number) => ({
  x: COLUMN * (1 + place + STEPS_PER_BRANCH * (branch % BRANCHES_PER_LINE)),
  y: LINE * Math.floor(branch / BRANCHES_PER_LINE),
});

const waysOf = (number: number): Edge[] =>
  ways(
    [
      number === 0 ? "start > ask0" : `ask${number - 1}:no > ask${number}`,
      `ask${number}:yes > first${number}`,
      `first${number} > second${number}`,
      `second${number} > end${number}`,
    ].join(", "),
  );
