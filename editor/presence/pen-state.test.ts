import { expect, test } from "vitest";
import type { Pen } from "../../server/presence/presence-api.js";
import { firstPenState, nextPenState } from "./pen-state.js";
import type { Known, PenState } from "./pen-state.js";

const status = { kind: "saved", byThisPage: false } as const;
const nobody: Known = { pen: null, status, isBehind: false };
const held = (holder: Pen["holder"], more: Partial<Known> = {}): Known => ({
  ...nobody,
  pen: { holder, name: "Maya", isActive: true },
  ...more,
});
const after = (...all: readonly Known[]): PenState => all.reduce(nextPenState, firstPenState(all[0] ?? nobody));

test("who opens a flow that is being edited looks on, until what was saved last is here", () => {
  expect(after(held("other"))).toMatchObject({ isFollowing: true, lostPen: false });
  expect(after(held("other"), { ...nobody, isBehind: true })).toMatchObject({ isFollowing: true });
  expect(after(held("other"), nobody)).toMatchObject({ isFollowing: false });
});

test("who had the pen is told that it was taken, and no more when they have it again", () => {
  expect(after(held("this-tab"), held("other"))).toMatchObject({ isFollowing: true, lostPen: true, hadPen: false });
  expect(after(held("this-tab"), held("other"), held("this-tab"))).toMatchObject({
    isFollowing: false,
    lostPen: false,
  });
});

test("a save that went through is having the pen, before the server says so", () => {
  const saved = { ...nobody, status: { kind: "saved", byThisPage: true } } as const;
  expect(after(nobody, saved, held("other", { status: saved.status }))).toMatchObject({ lostPen: true });
  expect(after(nobody, held("other"))).toMatchObject({ lostPen: false });
  // It was theirs in between, so that what was saved long ago is none.
  const again = [held("other", { status: saved.status }), { ...saved }, held("other", { status: saved.status })];
  expect(after(nobody, saved, ...again)).toMatchObject({ lostPen: false });
});

test("whoever had the pen last is told of who takes it, also after a rest; where the server did not say, nobody knows", () => {
  const unknown = { ...nobody, pen: undefined };
  expect(after(held("this-tab"), nobody, held("other"))).toMatchObject({ lostPen: true });
  expect(after(held("this-tab"), unknown, held("other"))).toMatchObject({ lostPen: false });
});

test("a conflict is left to a person, who must be able to end it", () => {
  const conflict = { kind: "conflict" } as const;
  expect(after(held("other"), { ...nobody, status: conflict, isBehind: true })).toMatchObject({ isFollowing: false });
});

test("a refused save keeps the page looking on until it is put aside", () => {
  const taken = { kind: "taken" } as const;
  expect(after(held("other"), { ...nobody, status: taken })).toMatchObject({ isFollowing: true });
});

test("what says nothing new changes nothing", () => {
  const state = after(held("other"));
  expect(nextPenState(state, held("other"))).toBe(state);
});
