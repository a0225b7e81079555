import { expect, test } from "vitest";
import type { RunDetail } from "../../server/runs/run-api.js";
import { runDetail } from "../e2e/fixtures/runs.js";
import { id } from "../e2e/fixtures/ids.js";
import { answerOf } from "./pin-real-steps.js";

const run = runDetail(id("run", 90)) as RunDetail;

test("what a step answered for real is pinned once it succeeded, as far as a pin may hold it", () => {
  expect(answerOf(run, "ticket")).toMatchObject({ kind: "done", output: { key: "RND-90" } });
  const steps = run.steps.map((step) => ({
    ...step,
    values: { key: "RND-90", list: ["no pin"], long: "x".repeat(3000) },
  }));
  expect(answerOf({ ...run, steps }, "ticket")).toEqual({ kind: "done", output: { key: "RND-90" } });
});

test("what failed, or is in doubt, pins nothing", () => {
  for (const state of ["failed", "ambiguous", "sending"] as const)
    expect(answerOf({ ...run, effects: run.effects.map((effect) => ({ ...effect, state })) }, "ticket")).toBeNull();
});
