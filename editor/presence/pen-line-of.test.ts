import { expect, test } from "vitest";
import { isElsewhere, penLineOf } from "./pen-line-of.js";

const nothing = { pen: false, kept: false };

test.each([
  ["other", nothing, { who: "editing", rest: "lookingOn", take: "takeOver" }],
  ["other", { pen: true, kept: false }, { who: "tookOver", rest: "saved", take: "takeBack" }],
  ["other", { pen: true, kept: true }, { who: "tookOver", rest: "kept", take: "takeBack" }],
  // Two began at once, or a kept draft was found when the page was opened.
  ["other", { pen: false, kept: true }, { who: "editing", rest: "kept", take: "takeOver" }],
  ["other-tab", nothing, { who: "ownEditing", rest: "lookingOn", take: "editHere" }],
  ["other-tab", { pen: true, kept: true }, { who: "ownTookOver", rest: "kept", take: "editHere" }],
] as const)("while it is with %s, and lost is %o", (holder, lost, said) => {
  expect(penLineOf({ holder }, lost)).toEqual(said);
});

test("the pen is elsewhere where another page has it, not where nobody does", () => {
  const pen = { name: "Maya", isActive: true };
  const holders = (["other", "other-tab", "this-tab"] as const).map((holder) => isElsewhere({ ...pen, holder }));
  expect([...holders, isElsewhere(null), isElsewhere(undefined)]).toEqual([true, true, false, false, false]);
});
