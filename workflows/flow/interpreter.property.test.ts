import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { Command } from "./commands.js";
import type { Fact, NewFact } from "./facts.js";
import { plan, viewOf } from "./interpreter.js";
import { simulate, type Answers } from "./simulate.js";
import { aFact, cancelled, factList, started } from "./testing/facts.js";
import { aWorld } from "./testing/a-world.js";
import { deepFreeze, interleaved, randomFlow } from "./testing/random-flow.js";

/** Seeded, so that a red build is red again. */
const SEED = 20_260_302;
const RUNS = { numRuns: 40, seed: SEED };
vi.setConfig({ testTimeout: 60_000 });
const picks = fc.array(fc.nat(1000), { minLength: 10, maxLength: 40 });
const outcomes = fc.array(fc.nat(1000), { minLength: 5, maxLength: 20 });

/** The world answers by what is asked, not by when, so that two orders of one run can be compared. */
function answersBy(seed: readonly number[], order: readonly number[] = [0]): Answers {
  const by = (text: string, limit: number): number => {
    const sum = Array.from(text).reduce((total, character) => total * 31 + character.charCodeAt(0), 7);
    return (seed[Math.abs(sum) % seed.length] ?? 0) % limit;
  };
  let turn = 0;
  return {
    effect: ({ nodeId, slot }) => ({
      state: (["done", "done", "failed", "ambiguous"] as const)[by(nodeId + slot, 4)] ?? "done",
    }),
    approval: ({ nodeId }) => ({ output: (["approved", "rejected", "expired"] as const)[by(nodeId, 3)] ?? "approved" }),
    pick: (open) => (open === 0 ? 0 : (order[turn++ % order.length] ?? 0) % open),
  };
}

const keyOf = (command: Command): string =>
  command.kind === "evaluate" || command.kind === "perform"
    ? `${command.kind} ${command.nodeId} ${command.slot} ${command.iteration}`
    : JSON.stringify(command);

/** The run after each of its facts. */
const prefixes = (facts: readonly Fact[]): Fact[][] => facts.map((_fact, index) => facts.slice(0, index + 1));

test("any random flow comes to an end in any order: everything settled or dead, or visibly stuck", () => {
  fc.assert(
    fc.property(randomFlow(), outcomes, picks, (flow, seed, order) => {
      const { view, facts } = simulate(flow, aWorld(), answersBy(seed, order));
      const states = new Set(Object.values(view.steps).map(({ state }) => state));
      expect(plan(flow, facts)).toEqual([]);
      expect(["finished", "stuck"]).toContain(view.state);
      expect(states.has("running") || states.has("waiting")).toBe(false);
      if (view.state === "finished") expect(states.has("pending")).toBe(false);
      else expect(states.has("stuck")).toBe(true);
    }),
    RUNS,
  );
});

test("whatever order independent branches go in, one run comes to one state and one set of effects", () => {
  fc.assert(
    fc.property(randomFlow({ stops: false }), outcomes, picks, picks, (flow, seed, one, other) => {
      const first = simulate(flow, aWorld(), answersBy(seed, one));
      const second = simulate(flow, aWorld(), answersBy(seed, other));
      const effects = ({ effects: planned }: typeof first) =>
        planned.map(({ nodeId, slot, iteration, action }) => `${nodeId} ${slot} ${iteration} ${action}`).toSorted();
      expect(second.view).toEqual(first.view);
      expect(effects(second)).toEqual(effects(first));
    }),
    RUNS,
  );
});

test("the facts of one run fold to one state in any interleaving of its branches", () => {
  fc.assert(
    fc.property(randomFlow({ stops: false }), outcomes, picks, (flow, seed, order) => {
      const { facts, view } = simulate(flow, aWorld(), answersBy(seed));
      const ofRun = facts.filter(({ nodeId, kind }) => nodeId === null && kind !== "finished");
      const finish = facts.filter(({ kind }) => kind === "finished");
      const branches = flow.nodes.map(({ id }) => facts.filter(({ nodeId }) => nodeId === id));
      const shuffled = factList(...ofRun, ...interleaved(branches, order), ...finish);
      expect(viewOf(flow, shuffled)).toEqual(view);
      expect(plan(flow, shuffled)).toEqual(plan(flow, facts));
    }),
    RUNS,
  );
});

test("there are never two open commands, nor two planned effects, with one node, slot and iteration", () => {
  fc.assert(
    fc.property(randomFlow(), outcomes, picks, (flow, seed, order) => {
      const { facts, effects } = simulate(flow, aWorld(), answersBy(seed, order));
      for (const prefix of prefixes(facts)) {
        const keys = plan(flow, prefix).map(keyOf);
        expect(new Set(keys).size).toBe(keys.length);
      }
      const keys = effects.map(({ nodeId, slot, iteration }) => `${nodeId} ${slot} ${iteration}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 30, seed: SEED },
  );
});

test("plan is a function of its input, which it leaves alone", () => {
  fc.assert(
    fc.property(randomFlow(), outcomes, (flow, seed) => {
      const { facts } = simulate(flow, aWorld(), answersBy(seed));
      const frozen = { flow: deepFreeze(structuredClone(flow)), facts: deepFreeze(structuredClone(facts)) };
      for (const prefix of prefixes(frozen.facts)) {
        expect(plan(frozen.flow, prefix)).toEqual(plan(flow, prefix));
        expect(plan(frozen.flow, prefix)).toEqual(plan(frozen.flow, prefix));
      }
    }),
    { numRuns: 30, seed: SEED },
  );
});

test("a run cancelled anywhere evaluates and sends nothing but closing effects, and then finishes as cancelled", () => {
  fc.assert(
    fc.property(randomFlow(), outcomes, picks, fc.nat(100), (flow, seed, order, at) => {
      const whole = simulate(flow, aWorld(), answersBy(seed, order)).facts.filter(({ kind }) => kind !== "finished");
      const before = factList(...whole.slice(0, 1 + (at % whole.length)), cancelled);
      const closed = viewOf(flow, before).state === "cancelled";
      const { facts, view, effects } = simulate(flow, aWorld(), answersBy(seed, order), before);
      for (const prefix of prefixes(facts).slice(before.length - 1)) {
        const open = plan(flow, prefix);
        expect(open.every((command) => isClosing(command) || command.kind === "finish")).toBe(true);
      }
      expect(effects.every(({ closing }) => closing)).toBe(true);
      if (closed) expect(view).toMatchObject({ state: "cancelled", outcome: "cancelled" });
    }),
    RUNS,
  );
});

const isClosing = (command: Command): boolean =>
  (command.kind === "evaluate" && command.slot === "decision") ||
  (command.kind === "perform" && (command.closing || command.lookUpOnly));

const LATER = "2026-03-03T09:00:00.000Z";
const nodeIds = fc.constantFrom("start", "n0", "n1", "n2", "last", "nobody");
const noise: fc.Arbitrary<NewFact> = fc.oneof(
  nodeIds.map((id) => aFact("chose", id, { output: "yes" })),
  nodeIds.map((id) => aFact("woke", id, {})),
  nodeIds.map((id) => aFact("stuck", id, { code: "odd", field: null })),
  nodeIds.map((id) => aFact("skipped", id, { by: "ann", output: "next" })),
  nodeIds.map((id) => aFact("retried", id, { slot: "main", iteration: 1, by: "ann" })),
  nodeIds.map((id) =>
    aFact("reopened", id, { slot: "main", iteration: 0, effectId: "x", retryUntil: LATER, by: "ann" }),
  ),
  nodeIds.map((id) => aFact("asked", id, { approvalId: "x", expiresAt: "2026-03-02T09:00:00.000Z" })),
  nodeIds.map((id) => aFact("decided", id, { approvalId: "x", output: "approved", by: null })),
  fc.constant(cancelled),
  fc.constant(aFact("revised", null, { revisionId: "r" })),
);

test("no list of facts, however odd, makes the fold throw", () => {
  fc.assert(
    fc.property(randomFlow(), fc.array(noise, { maxLength: 20 }), (flow, facts) => {
      const run = factList(started, ...facts);
      expect(plan(flow, run).length).toBeGreaterThanOrEqual(0);
      expect(Object.keys(viewOf(flow, run).steps)).toHaveLength(flow.nodes.length);
    }),
    RUNS,
  );
});
