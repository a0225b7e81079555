import { expect, test } from "vitest";
import { parseLine } from "../../workflows/flow/rule-line/parse.js";
import { aHouse } from "../../workflows/flow/rule-line/testing/a-house.js";
import { tour as en } from "../i18n/en/tour.js";
import { tour as fr } from "../i18n/fr/tour.js";
import { doneSteps } from "./tour-steps.js";

const runs = { running: 0, waiting: 0, stuck: 0, finished: 0, cancelled: 0 };
const flow = (id: string, version: number | null, finished = 0) => ({ id, version, runs: { ...runs, finished } });
const start = { isDismissed: false, reached: [], drawnId: null };
const nothing = { progress: start, approvals: [], flows: [flow("demo", 1, 1)] };

test("a newcomer has done nothing, whatever the demo did", () => {
  expect([...doneSteps({ ...nothing, approvals: [{ state: "pending" }, { state: "expired" }] })]).toEqual([]);
});

test("a step is done by doing it, in any order", () => {
  const progress = { ...start, reached: ["sample" as const, "run" as const] };
  expect([...doneSteps({ ...nothing, progress })]).toEqual(["run", "sample"]);
  expect([...doneSteps({ ...nothing, approvals: [{ state: "rejected" }] })]).toEqual(["approve"]);
});

test("the flow that was drawn counts as watched once it is published and ran", () => {
  const progress = { ...start, drawnId: "mine" };
  const steps = (mine: ReturnType<typeof flow>) => [...doneSteps({ ...nothing, progress, flows: [mine] })];
  expect(steps(flow("mine", null))).toEqual(["line"]);
  expect(steps(flow("mine", 1))).toEqual(["line"]);
  expect(steps(flow("mine", 1, 1))).toEqual(["line", "publish"]);
});

test.each([
  ["en", en.tour.text.line],
  ["fr", fr.tour.text.line],
] as const)("the line that is to be typed is one, in %s", (language, text) => {
  const line = /: (.*)$/.exec(text)?.[1] ?? "";
  expect(line).not.toBe("");
  expect(parseLine(line, aHouse(language))).toMatchObject({ ok: true });
});
