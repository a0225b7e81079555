import { expect, test } from "vitest";
import { isHeldElsewhere, penLineOf } from "./pen-line-of.js";

const nothing = { pen: false, left: null } as const;

test.each([
  ["other", nothing, { who: "editing", rest: "lookingOn", take: "takeOver" }],
  ["other", { pen: true, left: null }, { who: "tookOver", rest: "saved", take: "takeBack" }],
  ["other", { pen: true, left: "kept" }, { who: "tookOver", rest: "kept", take: "takeBack" }],
  ["other", { pen: true, left: "notKept" }, { who: "tookOver", rest: "notKept", take: "takeBack" }],
  // Two began at once, or a kept draft was found when the page was opened.
  ["other", { pen: false, left: "kept" }, { who: "editing", rest: "kept", take: "takeOver" }],
  ["other-tab", nothing, { who: "ownEditing", rest: "lookingOn", take: "editHere" }],
  ["other-tab", { pen: true, left: "kept" }, { who: "ownTookOver", rest: "kept", take: "editHere" }],
] as const)("while it is with %s, and lost is %o", (holder, lost, said) => {
  expect(penLineOf({ holder }, lost)).toEqual(said);
});

test("the pen is elsewhere where another page has it, not where nobody does", () => {
  const pen = { name: "Maya", isActive: true };
  const holders = (["other", "other-tab", "this-tab"] as const).map((holder) => isHeldElsewhere({ ...pen, holder }));
  expect([...holders, isHeldElsewhere(null), isHeldElsewhere(undefined)]).toEqual([true, true, false, false, false]);
});
