import { describe, expect, test } from "vitest";
import type { NewFact } from "./facts.js";
import type { PublishedFlow } from "./schema.js";
import { plan, viewOf } from "./interpreter.js";
import { aFlow, aNode } from "./testing/a-flow.js";
import { brief } from "./testing/brief.js";
import { aFact, cancelled, factList, planned, settled, started } from "./testing/facts.js";

const planOf = (flow: PublishedFlow, ...facts: NewFact[]) => plan(flow, factList(started, ...facts));
const view = (flow: PublishedFlow, ...facts: NewFact[]) => viewOf(flow, factList(started, ...facts));
const states = (flow: PublishedFlow, ...facts: NewFact[]) =>
  Object.fromEntries(Object.values(view(flow, ...facts).steps).map(({ nodeId, state }) => [nodeId, state]));
const action = (id: string) => aNode("action", id);

describe("waits and approvals", () => {
  test("a run that only waits is waiting", () => {
    const flow = aFlow([aNode("wait", "pause"), action("a")], "start > pause, pause > a");
    const waits = aFact("waits", "pause", { until: "2026-03-02T10:00:00.000Z" });
    expect(planOf(flow, waits)).toEqual([{ kind: "sleep", nodeId: "pause", until: "2026-03-02T10:00:00.000Z" }]);
    expect(view(flow, waits)).toMatchObject({ state: "waiting", steps: { pause: { state: "waiting" } } });
    expect(brief(planOf(flow, waits, aFact("woke", "pause", {})))).toEqual(["evaluate a"]);
  });

  const flow = aFlow([aNode("approval", "ask"), action("call")], "start > ask, ask:approved > call");
  const asked = aFact(
    "asked",
    "ask",
    { approvalId: "ap-1", expiresAt: "2026-03-03T09:00:00.000Z" },
    { title: "T", text: "X" },
  );
  const card = planned("ask", { slot: "card" });
  const shown = settled("ask", "done", { slot: "card" });
  const decided = (output: "approved" | "rejected" | "expired", approvalId = "ap-1") =>
    aFact("decided", "ask", { approvalId, output, by: "U1" });
  const closing = { kind: "evaluate", nodeId: "ask", slot: "decision", iteration: 0 };

  test("an approval is awaited while its card goes out", () => {
    expect(brief(planOf(flow, asked, card))).toEqual(["await ask", "perform ask"]);
    expect(view(flow, asked, card, shown).state).toBe("waiting");
  });

  test("a decision goes on at once, and is written on the card once that was shown", () => {
    const commands = planOf(flow, asked, card, decided("approved"));
    expect(commands).toMatchObject([
      { kind: "perform", nodeId: "ask", lookUpOnly: true },
      { kind: "evaluate", nodeId: "call" },
    ]);
    expect(planOf(flow, asked, card, decided("approved"), shown)).toContainEqual(closing);
  });

  test("the run finishes only when the decision was written", () => {
    const before = [asked, card, shown, decided("rejected")];
    const writing = planned("ask", { slot: "decision", closing: true });
    expect(planOf(flow, ...before)).toEqual([closing]);
    expect(planOf(flow, ...before, writing)).toMatchObject([{ kind: "perform", closing: true, lookUpOnly: false }]);
    const failure = settled("ask", "failed", { slot: "decision" });
    expect(brief(planOf(flow, ...before, writing, failure))).toEqual(["finish done"]);
    expect(view(flow, ...before, writing, failure).steps["ask"]?.state).toBe("done");
  });

  test("a decision that cannot be worded does not hold the run for ever", () => {
    const stuck = aFact("stuck", "ask", { code: "no_card", field: null });
    expect(brief(planOf(flow, asked, card, shown, decided("rejected"), stuck))).toEqual(["finish done"]);
  });

  test("a card that fails makes the step stuck, and is retried for the same approval", () => {
    const noCard = settled("ask", "failed", { slot: "card", code: "channel_not_found" });
    expect(view(flow, asked, card, noCard).steps["ask"]?.stuck).toMatchObject({
      code: "channel_not_found",
      slot: "card",
    });
    expect(brief(planOf(flow, asked, card, noCard))).toEqual(["await ask"]);
    const retried = aFact("retried", "ask", { slot: "card", iteration: 1, by: "ann" });
    expect(planOf(flow, asked, card, noCard, retried)).toContainEqual({ ...closing, slot: "card", iteration: 1 });
    expect(brief(planOf(flow, asked, card, noCard, decided("expired")))).toEqual(["finish done"]);
  });

  test("a decision about another approval is none", () => {
    expect(planOf(flow, asked, card, shown, decided("approved", "ap-0"))).toEqual(planOf(flow, asked, card, shown));
  });

  test("cancelling withdraws what was asked, looks up what may have gone out, and then finishes", () => {
    const both = aFlow(
      [aNode("approval", "ask"), action("tell"), action("call")],
      "start > ask, start > tell, ask:approved > call",
    );
    const before = [asked, card, shown, planned("tell"), cancelled];
    expect(view(both, ...before)).toMatchObject({ state: "cancelled", outcome: null });
    expect(planOf(both, ...before)).toMatchObject([
      closing,
      { kind: "perform", nodeId: "tell", lookUpOnly: true, closing: false },
    ]);
    const after = [...before, settled("tell"), planned("ask", { slot: "decision", closing: true })];
    expect(planOf(both, ...after)).toMatchObject([{ kind: "perform", closing: true, lookUpOnly: false }]);
    expect(brief(planOf(both, ...after, settled("ask", "done", { slot: "decision" })))).toEqual(["finish cancelled"]);
    expect(states(both, ...after)).toMatchObject({ ask: "dead", tell: "done", call: "dead" });
  });

  test("a click after the cancel changes nothing", () => {
    const before = [asked, card, shown, cancelled];
    expect(planOf(flow, ...before, decided("approved"))).toEqual(planOf(flow, ...before));
  });
});
