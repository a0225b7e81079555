import { expect, test } from "vitest";
import { publish } from "./publish.js";
import { aDraft, aNode, problemsOf, surroundings } from "./testing/a-flow.js";

test("a trigger that listens to any source is not for who sees certain sources only", () => {
  const draft = aDraft([aNode("end", "end")], "start > end");
  const from = (sources: readonly string[]) => {
    const nodes = [aNode("trigger", "start", { sources }), aNode("end", "end")];
    const publication = publish({ ...draft, nodes }, { ...surroundings(), onlyThese: true });
    return publication.ok ? [] : publication.problems.map(({ nodeId, field, code }) => [nodeId, field, code]);
  };
  expect(from([])).toEqual([["start", "sources", "sources_not_named"]]);
  expect(from(["survey"])).toEqual([]);
  expect(problemsOf(draft)).toEqual([]);
});
