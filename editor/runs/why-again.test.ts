import { expect, it } from "vitest";
import type { EffectView } from "../../server/runs/run-api.js";
import { whyAgain } from "./why-again.js";

const attempt = (outcome: EffectView["attempts"][number]["outcome"]): EffectView["attempts"][number] => ({
  ...{ number: 1, startedAt: "2026-11-23T10:00:00Z", endedAt: null, kind: "send", outcome },
  ...{ code: null, message: null },
});

it.each([
  [[], "turn"],
  [[attempt("AMBIGUOUS"), attempt("TRANSIENT")], "busy"],
  [[attempt("AMBIGUOUS")], "lost"],
  [[attempt("inconclusive")], "lost"],
  [[attempt("absent")], null],
  [[attempt(null)], null],
])("attempts %# wait because of their last", (attempts, why) => {
  expect(whyAgain({ attempts })).toBe(why);
});
