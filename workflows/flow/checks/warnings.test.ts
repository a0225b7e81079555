import { expect, test } from "vitest";
import { publish } from "../publish.js";
import { aDraft, aNode, surroundings } from "../testing/a-flow.js";

function warned(metrics: readonly string[], value: number) {
  const when = { match: "all", rows: [{ field: "feedback.score", operator: "lessThan", value }] };
  const draft = aDraft([aNode("condition", "low", { when }), aNode("end", "end")], "start > low, low:yes > end");
  const nodes = draft.nodes.map((node) =>
    node.type === "trigger" ? { ...node, config: { ...node.config, metrics } } : node,
  );
  const { warnings } = publish({ ...draft, nodes }, surroundings());
  return warnings.map(({ nodeId, field, code, message }) => [nodeId, field, code, message]);
}

test("a score that no answer can have is warned of, with the range", () => {
  const message = "No answer has a score of 60: NPS goes from 0 to 10.";
  expect(warned(["nps"], 60)).toEqual([["low", "when", "score_out_of_range", message]]);
});

test.each([
  [["nps"], 7],
  [["csat"], 60],
  [["nps", "csat"], 60],
  [[], 60],
  [["text"], 60],
])("where %j start the flow, a score of %i may be", (metrics, value) => {
  expect(warned(metrics, value)).toEqual([]);
});
