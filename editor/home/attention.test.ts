import { expect, test } from "vitest";
import { approvals, quarantine } from "../e2e/fixtures/lists.js";
import { connections } from "../e2e/fixtures/connections.js";
import { runs } from "../e2e/fixtures/run-summaries.js";
import { rankAttention } from "./attention.js";
import { countLoop } from "./loop-strip.js";
import { flows } from "../e2e/fixtures/flows.js";
import { sources } from "../e2e/fixtures/lists.js";

const stuck = runs.filter(({ state }) => state === "stuck");

test("what holds up most comes first, and the oldest of a kind before the others", () => {
  const items = rankAttention({ runs: stuck, connections, held: quarantine, approvals });
  expect(items.map(({ kind }) => kind)).toEqual(["connection", "run", "run", "held", "approval"]);
  const [first, second] = items.filter(({ kind }) => kind === "run").map(({ at }) => at ?? "");
  expect(first && second && first < second).toBe(true);
});

test("events that one source holds back are one line with their number", () => {
  const [held] = rankAttention({ runs: [], connections: [], held: quarantine, approvals: [] });
  expect(held).toMatchObject({ kind: "held", count: 2, at: quarantine[1]?.receivedAt });
});

test("a connection that somebody paused stands there as well, after what broke by itself", () => {
  const paused = connections.slice(0, 1).map((one) => ({ ...one, state: "paused" as const }));
  const items = rankAttention({ runs: stuck, connections: paused, held: quarantine, approvals });
  expect(items.map(({ kind }) => kind)).toEqual(["run", "run", "held", "connection", "approval"]);
});

test("only what still waits needs someone", () => {
  const decided = approvals.filter(({ state }) => state !== "pending");
  const replayed = quarantine.map((held) => ({ ...held, state: "replayed" as const }));
  const fine = connections.filter(({ state }) => state === "ok");
  expect(rankAttention({ runs: [], connections: fine, held: replayed, approvals: decided })).toEqual([]);
});

test("the loop counts what its own lists hold", () => {
  expect(countLoop(sources, flows)).toEqual({ heard: 2_931, acted: 1_743, closed: 1_733 });
});
