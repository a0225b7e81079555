import { expect, test } from "vitest";
import { aDraft, aNode } from "../../workflows/flow/testing/a-flow.js";
import { restoreDraft } from "./restore-draft.js";

test("gives back exactly what was drawn, and no id that was ever given is free again", () => {
  const drawn = { ...aDraft([aNode("wait", "pause")], "start > pause"), retiredIds: ["first"], notes: [{ id: "n1" }] };
  const current = { ...aDraft([aNode("end", "end")], "start > end"), retiredIds: ["first", "pause", "other"] };
  expect(restoreDraft(current, drawn)).toEqual({ ...drawn, retiredIds: ["first", "other", "end"] });
});
