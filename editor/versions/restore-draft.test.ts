import { expect, test } from "vitest";
import { aDraft, aNode } from "../../workflows/flow/testing/a-flow.js";
import { restoreDraft } from "./restore-draft.js";

const note = {
  ...{ id: "n1", text: "Why", colour: "yellow" as const },
  ...{ position: { x: 0, y: 0 }, size: { width: 200, height: 120 } },
};

test("gives back exactly what was drawn, and no id that was ever given is free again", () => {
  const drawn = { ...aDraft([aNode("wait", "pause")], "start > pause"), retiredIds: ["first"], notes: [note] };
  const current = { ...aDraft([aNode("end", "end")], "start > end"), retiredIds: ["first", "pause", "other"] };
  expect(restoreDraft(current, drawn)).toEqual({ ...drawn, retiredIds: ["first", "other", "end"] });
});
