import { describe, expect, test } from "vitest";
import type { Command } from "./commands.js";
import type { NewFact } from "./facts.js";
import { UnknownSemantics } from "./fold.js";
import { plan, viewOf } from "./interpreter.js";
import type { PublishedFlow } from "./schema.js";
import { aFlow, aNode } from "./testing/a-flow.js";
import { brief } from "./testing/brief.js";
import { aFact, done, factList, failed, planned, reopened, settled, started } from "./testing/facts.js";

const planOf = (flow: PublishedFlow, ...facts: NewFact[]): readonly Command[] =>
  plan(flow, factList(started, ...facts));
const view = (flow: PublishedFlow, ...facts: NewFact[]) => viewOf(flow, factList(started, ...facts));
const states = (flow: PublishedFlow, ...facts: NewFact[]) =>
  Object.fromEntries(Object.values(view(flow, ...facts).steps).map(({ nodeId, state }) => [nodeId, state]));
const chose = (nodeId: string, output: string) => aFact("chose", nodeId, { output });
const action = (id: string) => aNode("action", id);

describe("a run's beginning and end", () => {
  const flow = aFlow([action("tell"), aNode("end", "told", { outcome: "told" })], "start > tell, tell > told");

  test("without facts it is queued and nothing is open", () => {
    expect(plan(flow, [])).toEqual([]);
    expect(viewOf(flow, [])).toMatchObject({ state: "queued", outcome: null, steps: { start: { state: "pending" } } });
  });

  test("the trigger passes by itself, and what follows is evaluated", () => {
    expect(planOf(flow)).toEqual([{ kind: "evaluate", nodeId: "tell", slot: "main", iteration: 0 }]);
    expect(states(flow)).toEqual({ start: "done", tell: "running", told: "pending" });
  });

  test("a planned effect is performed until it settles", () => {
    const perform = { kind: "perform", nodeId: "tell", slot: "main", iteration: 0, effectId: "tell-main-0" };
    expect(planOf(flow, planned("tell"))).toEqual([{ ...perform, closing: false, lookUpOnly: false }]);
    expect(planOf(flow, ...done("tell"))).toEqual([{ kind: "finish", outcome: "told" }]);
  });

  test("after the finish nothing is open", () => {
    const facts = [...done("tell"), aFact("finished", null, { outcome: "told" })];
    expect(planOf(flow, ...facts)).toEqual([]);
    expect(view(flow, ...facts)).toMatchObject({ state: "finished", outcome: "told" });
  });

  test("an erased run is finished as erased, wherever it was", () => {
    const facts = [planned("tell"), aFact("erased", null, {})];
    expect(planOf(flow, ...facts)).toEqual([]);
    expect(view(flow, ...facts)).toMatchObject({ state: "finished", outcome: "erased" });
  });

  test("a way that ends without an end is simply done", () => {
    expect(planOf(aFlow([action("tell")], "start > tell"), ...done("tell"))).toEqual([
      { kind: "finish", outcome: "done" },
    ]);
  });

  test("facts of a later semantics are refused", () => {
    const later = aFact("started", null, { semantics: 2, responseId: "r", revisionId: "v" });
    expect(() => plan(flow, factList(later))).toThrow(UnknownSemantics);
  });

  test("facts that do not fit change nothing", () => {
    const odd: NewFact[] = [
      aFact("decided", "tell", { approvalId: "x", output: "approved", by: null }),
      aFact("woke", "tell", {}),
      aFact("chose", "tell", { output: "nosuch" }),
      aFact("skipped", "tell", { by: "ann", output: "next" }),
      aFact("retried", "tell", { slot: "main", iteration: 1, by: "ann" }),
      aFact("chose", "nobody", { output: "next" }),
      planned("told"),
      settled("tell"),
    ];
    expect(planOf(flow, ...odd)).toEqual(planOf(flow));
    expect(view(flow, ...odd)).toEqual(view(flow));
  });
});

describe("ways", () => {
  const diamond = aFlow(
    [aNode("condition", "check"), action("a"), action("b"), aNode("end", "over")],
    "start > check, check:yes > a, check:no > b, a > over, b > over",
  );

  test("a way that was not taken dies, and merging needs no join", () => {
    expect(states(diamond, chose("check", "yes"))).toMatchObject({ a: "running", b: "dead", over: "pending" });
    expect(brief(planOf(diamond, chose("check", "yes"), ...done("a")))).toEqual(["finish done"]);
  });

  test("death goes down the ways until something alive comes in", () => {
    const flow = aFlow(
      [aNode("condition", "check"), action("a"), action("b"), action("c")],
      "start > check, check:yes > a, a > b, b > c, check:no > c",
    );
    expect(states(flow, chose("check", "no"))).toEqual({
      start: "done",
      check: "done",
      a: "dead",
      b: "dead",
      c: "running",
    });
  });

  const parallel = (join: string) =>
    aFlow(
      [action("a"), action("b"), aNode("join", "join", { mode: join }), action("c")],
      "start > a, start > b, a > join, b > join, join > c",
    );

  test("a node waits for all ways that may still come", () => {
    expect(brief(planOf(parallel("all"), ...done("a")))).toEqual(["evaluate b"]);
    expect(brief(planOf(parallel("all"), ...done("a"), ...done("b")))).toEqual(["evaluate c"]);
  });

  test("a join may go on with the first, once, and the other branch goes on too", () => {
    expect(brief(planOf(parallel("first"), ...done("a")))).toEqual(["evaluate b", "evaluate c"]);
    expect(brief(planOf(parallel("first"), ...done("a"), ...done("c"), ...done("b")))).toEqual(["finish done"]);
  });

  test("the last end in the order of the flow names the outcome, whichever was reached first", () => {
    const flow = aFlow(
      [
        action("a"),
        aNode("end", "early", { outcome: "early" }),
        action("b"),
        aNode("end", "late", { outcome: "late" }),
      ],
      "start > early, start > a, a > b, b > late",
    );
    expect(brief(planOf(flow, ...done("a"), ...done("b")))).toEqual(["finish late"]);
  });
});

describe("what goes wrong", () => {
  const flow = aFlow([action("a"), action("b"), action("c")], "start > a, start > b, a > c");

  test("a failure takes the way 'on failure' where there is one", () => {
    const guarded = aFlow([action("a"), action("sorry")], "start > a, a:failure > sorry");
    expect(view(guarded, ...failed("a")).steps["a"]).toMatchObject({ state: "failed", output: "failure", stuck: null });
    expect(brief(planOf(guarded, ...failed("a")))).toEqual(["evaluate sorry"]);
  });

  test("without one the step is stuck, other branches go on, and the run does not finish", () => {
    expect(view(flow, ...failed("a", "no_component")).steps["a"]).toMatchObject({
      state: "stuck",
      stuck: { code: "no_component", inDoubt: false, slot: "main", iteration: 0 },
    });
    expect(brief(planOf(flow, ...failed("a")))).toEqual(["evaluate b"]);
    expect(planOf(flow, ...failed("a"), ...done("b"))).toEqual([]);
    expect(view(flow, ...failed("a"), ...done("b")).state).toBe("stuck");
  });

  test("a step that could not be evaluated is stuck with its reason", () => {
    const stuck = aFact("stuck", "a", { code: "missing_field", field: "input.text" });
    expect(view(flow, stuck).steps["a"]).toMatchObject({
      state: "stuck",
      stuck: { code: "missing_field", field: "input.text" },
    });
    expect(brief(planOf(flow, stuck))).toEqual(["evaluate b"]);
  });

  test("a retry is evaluated anew, one iteration up", () => {
    const retried = aFact("retried", "a", { slot: "main", iteration: 1, by: "ann" });
    expect(planOf(flow, ...failed("a"), retried)).toContainEqual({
      kind: "evaluate",
      nodeId: "a",
      slot: "main",
      iteration: 1,
    });
    const again = [planned("a", { iteration: 1 }), settled("a", "done", { iteration: 1 })];
    expect(brief(planOf(flow, ...failed("a"), retried, ...again))).toEqual(["evaluate b", "evaluate c"]);
  });

  test("an effect in doubt is stuck and cannot be retried, only skipped or healed", () => {
    const doubt = [planned("a"), settled("a", "ambiguous", { code: "no_answer" })];
    const retried = aFact("retried", "a", { slot: "main", iteration: 1, by: "ann" });
    expect(view(flow, ...doubt).steps["a"]?.stuck).toMatchObject({ code: "no_answer", inDoubt: true });
    expect(planOf(flow, ...doubt, retried)).toEqual(planOf(flow, ...doubt));
    expect(brief(planOf(flow, ...doubt, settled("a", "done")))).toEqual(["evaluate b", "evaluate c"]);
    expect(view(flow, ...doubt, settled("a", "failed")).steps["a"]?.stuck?.inDoubt).toBe(false);
  });

  test("an effect in doubt that is looked for again is open, and its step goes on, or is in doubt again", () => {
    const doubt = [planned("a"), settled("a", "ambiguous", { code: "no_answer" })];
    const again = reopened("a");
    const perform = { kind: "perform", nodeId: "a", effectId: "a-main-0", lookUpOnly: false };
    expect(planOf(flow, ...doubt, again)).toMatchObject([perform, { kind: "evaluate", nodeId: "b" }]);
    expect(view(flow, ...doubt, again).steps["a"]).toMatchObject({ state: "running", stuck: null });
    expect(brief(planOf(flow, ...doubt, again, settled("a", "done")))).toEqual(["evaluate b", "evaluate c"]);
    const unclear = settled("a", "ambiguous", { code: "look_up_inconclusive" });
    expect(view(flow, ...doubt, again, unclear)).toEqual(
      view(flow, planned("a"), settled("a", "ambiguous", { code: "look_up_inconclusive" })),
    );
  });

  test("only what is in doubt opens again", () => {
    for (const facts of [[planned("a")], done("a"), failed("a")])
      expect(view(flow, ...facts, reopened("a"))).toEqual(view(flow, ...facts));
    const skipped = aFact("skipped", "a", { by: "ann", output: "next" });
    const past = [planned("a"), settled("a", "ambiguous"), skipped];
    expect(planOf(flow, ...past, reopened("a"))).toMatchObject([
      { kind: "perform", nodeId: "a", lookUpOnly: true },
      { kind: "evaluate", nodeId: "b" },
      { kind: "evaluate", nodeId: "c" },
    ]);
  });

  test("a skipped step takes the given way", () => {
    const skipped = aFact("skipped", "a", { by: "ann", output: "next" });
    expect(view(flow, ...failed("a"), skipped).steps["a"]).toMatchObject({ state: "skipped", output: "next" });
    expect(brief(planOf(flow, ...failed("a"), skipped))).toEqual(["evaluate b", "evaluate c"]);
  });

  test("done never changes, and a late failure of an earlier try does not touch a later one", () => {
    const retried = aFact("retried", "a", { slot: "main", iteration: 1, by: "ann" });
    expect(states(flow, ...done("a"), settled("a", "failed"))).toMatchObject({ a: "done" });
    expect(states(flow, ...failed("a"), retried, planned("a", { iteration: 1 }), settled("a", "failed"))).toMatchObject(
      { a: "running" },
    );
  });
});

describe("stop", () => {
  const flow = aFlow(
    [
      aNode("condition", "bad"),
      action("a"),
      action("b"),
      aNode("stop", "halt", { outcome: "given up" }),
      aNode("end", "well"),
    ],
    "start > bad, bad:yes > halt, bad:no > well, start > a, a > b",
  );

  test("kills everything open, but looks up what is in flight", () => {
    const facts = [planned("a"), chose("bad", "yes")];
    expect(states(flow, ...facts)).toEqual({
      start: "done",
      bad: "done",
      halt: "done",
      well: "dead",
      a: "running",
      b: "dead",
    });
    expect(planOf(flow, ...facts)).toMatchObject([{ kind: "perform", nodeId: "a", lookUpOnly: true }]);
  });

  test("what settles afterwards is shown, leads nowhere, and the run ends with the stop's outcome", () => {
    const facts = [planned("a"), chose("bad", "yes"), settled("a")];
    expect(states(flow, ...facts)).toMatchObject({ a: "done", b: "dead" });
    expect(brief(planOf(flow, ...facts))).toEqual(["finish given up"]);
  });

  test("frees a run that was stuck elsewhere", () => {
    const facts = [...failed("a"), chose("bad", "yes")];
    expect(brief(planOf(flow, ...facts))).toEqual(["finish given up"]);
    expect(view(flow, ...facts, aFact("finished", null, { outcome: "given up" })).state).toBe("finished");
  });
});
