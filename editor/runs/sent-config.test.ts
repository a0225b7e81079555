import { expect, test } from "vitest";
import { runDetail } from "../e2e/fixtures/runs.js";
import { id } from "../e2e/fixtures/ids.js";
import { sentConfig } from "./sent-config.js";

const finished = runDetail(id("run", 1));
const waiting = runDetail(id("run", 2));
if (!finished || !waiting) throw new Error("The fixtures have no such runs.");
const nodeOf = (run: typeof finished, nodeId: string) => {
  const node = run.nodes.find((one) => one.id === nodeId);
  if (!node) throw new Error(`The fixtures have no step ${nodeId}.`);
  return node;
};

test("an action's input is what was sent", () => {
  expect(sentConfig(finished, nodeOf(finished, "ticket"))).toEqual({
    input: finished.effects.find(({ nodeId }) => nodeId === "ticket")?.request,
  });
});

test("after a retry with changes it is the changed one", () => {
  const [first] = finished.effects.filter(({ nodeId }) => nodeId === "ticket");
  if (!first) throw new Error("The fixtures sent no ticket.");
  const again = { ...first, iteration: 1, request: { summary: "Mended" } };
  expect(sentConfig({ effects: [again, first] }, nodeOf(finished, "ticket"))).toEqual({ input: { summary: "Mended" } });
});

test("an approval's question is read from its card, and the rest of its config stays", () => {
  expect(sentConfig(waiting, nodeOf(waiting, "askManager"))).toEqual({ title: "Executive call for Northwind?" });
});

test("the template stands where nothing was sent, or the reader may not see it", () => {
  const hidden = finished.effects.map((effect) => ({ ...effect, request: null }));
  expect(sentConfig({ effects: hidden }, nodeOf(finished, "ticket"))).toBeNull();
  expect(sentConfig({ effects: [] }, nodeOf(finished, "ticket"))).toBeNull();
  expect(sentConfig(finished, nodeOf(finished, "unhappy"))).toBeNull();
});
