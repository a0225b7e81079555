import { expect, test } from "vitest";
import { turnOf } from "./turn.js";

const fact = (kind: string, data: Record<string, unknown>) => ({ kind, data });

test("a run that waits names the one that goes first, and how many are before it", () => {
  const waitsFor = { runId: "first", by: "contact", ahead: 3 } as const;
  expect(turnOf({ waitsFor, facts: [] })).toEqual({ kind: "waits", runId: "first", by: "contact", ahead: 3 });
});

test("a run that was passed over names the older one, one that gave way the newer", () => {
  const facts = [fact("started", {}), fact("passedOver", { runId: "older" }), fact("finished", { outcome: "skipped" })];
  expect(turnOf({ waitsFor: null, facts })).toEqual({ kind: "passedOver", runId: "older" });
  expect(turnOf({ waitsFor: null, facts: [fact("cancelled", { by: "newer", replacedBy: "newer" })] })).toEqual({
    kind: "replaced",
    runId: "newer",
  });
});

test("a run that a person cancelled, or that nothing of the kind happened to, says nothing", () => {
  expect(turnOf({ waitsFor: null, facts: [fact("started", {}), fact("cancelled", { by: "ann" })] })).toBeNull();
});
