import { expect, test } from "vitest";
import { MAX_NODES } from "../../workflows/flow/draft-schema.js";
import { retitleNode } from "./edit.js";
import { createKeptDrafts, openingOf } from "./kept-drafts.js";
import type { KeptDraft } from "./kept-drafts.js";
import { aFlow, aNode } from "./testing/drafts.js";
import { aStorage } from "./testing/storage.js";

const named = (title: string, revision = 4): KeptDraft => ({ draft: retitleNode(aFlow(), "note", title), revision });
const mine = named("mine");
const server = { draft: aFlow(), draftRevision: 4 };

/** Pages of one browser; each word that one of them keeps is later than the one before. */
function aBrowser(storage = aStorage()) {
  let clock = 0;
  const page = (tabId: string, flowId = "flow-1") => createKeptDrafts(storage, { flowId, tabId }, () => (clock += 1));
  return { storage, page };
}

test("what was kept comes back to the next page until it is forgotten, and to no other flow", () => {
  const { page } = aBrowser();
  page("a").keep(mine);
  expect(page("b", "flow-2").takeUp()).toBeNull();
  expect(page("b").takeUp()).toEqual(mine);
  page("b").forget();
  expect(page("c").takeUp()).toBeNull();
});

test("what a page forgets is its own: another tab goes on keeping", () => {
  const { page } = aBrowser();
  page("a").keep(named("of a"));
  page("b").keep(named("of b"));
  page("a").forget();
  expect(page("c").takeUp()).toEqual(named("of b"));
});

test("what pages of one browser put aside is taken up one after the other, the newest first", () => {
  const { page } = aBrowser();
  page("a").putAside(named("first"));
  page("b").putAside(named("second"));
  page("b").putAside(named("third"));
  const taken = ["third", "second", "first"].map(() => {
    const next = page("c").takeUp();
    page("c").forget();
    return next;
  });
  expect(taken).toEqual([named("third"), named("second"), named("first")]);
  expect([page("c").takeUp(), page("c").hasAside()]).toEqual([null, false]);
});

test("what is taken up is the page's own from then on, and goes before what others left later", () => {
  const { page } = aBrowser();
  page("a").putAside(mine);
  expect(page("b").takeUp()).toEqual(mine);
  expect(page("b").hasAside()).toBe(false);
  page("a").putAside(named("later"));
  expect(page("b").takeUp()).toEqual(mine);
  expect(page("c").hasAside()).toBe(true);
});

test("what is kept is not said to be put aside", () => {
  const { page } = aBrowser();
  page("a").keep(mine);
  expect(page("b").hasAside()).toBe(false);
});

test("what an older page kept, without a tab and a time, is read", () => {
  const { storage, page } = aBrowser();
  storage.setItem("loopwright.draft.flow-1", JSON.stringify(mine));
  expect(page("a").takeUp()).toEqual(mine);
  page("a").forget();
  expect(page("b").takeUp()).toBeNull();
});

test("a draft that is more than the server takes comes back all the same, for the server to say so", () => {
  const { page } = aBrowser();
  const nodes = Array.from({ length: MAX_NODES + 1 }, (_, place) => aNode(`step${String(place)}`, "end"));
  const large = { draft: aFlow({ nodes: nodes.map((node) => ({ ...node, title: "x".repeat(200) })) }), revision: 4 };
  page("a").keep(large);
  expect(page("b").takeUp()).toEqual(large);
  expect(page("b").hasUnread()).toBe(false);
});

test.each(["draft.flow-1", "draft.flow-1.a", "aside.flow-1", "aside.flow-1.a.1"])(
  "what cannot be read is told, and stays through all that is kept and taken up: %s",
  (key) => {
    for (const text of ["{", "null", '{"draft":{}}', ""]) {
      const { storage, page } = aBrowser();
      storage.setItem(`loopwright.${key}`, text);
      expect(page("b").hasUnread()).toBe(true);
      expect(page("b").takeUp()).toBeNull();
      page("b").keep(mine);
      page("b").putAside(mine);
      page("b").takeUp();
      page("b").forget();
      expect(storage.getItem(`loopwright.${key}`)).toBe(text);
    }
  },
);

test("where there is no room to move it, what was left is taken up and stays where it is", () => {
  const { storage, page } = aBrowser();
  page("a").putAside(mine);
  const write = storage.setItem;
  storage.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  expect(page("b").takeUp()).toEqual(mine);
  storage.setItem = write;
  expect(page("c").takeUp()).toEqual(mine);
});

test("a draft that is not on the server yet is opened on top of what it builds on", () => {
  expect(openingOf(mine, server)).toEqual({ ...mine, isUnsaved: true });
  expect(openingOf(named("mine", 3), server)).toEqual({ ...named("mine", 3), isUnsaved: true });
});

test("a draft that equals the server's needs nobody", () => {
  const saved = { draft: aFlow(), revision: 4, isUnsaved: false };
  expect(openingOf({ draft: aFlow(), revision: 3 }, server)).toEqual(saved);
  expect(openingOf(null, server)).toEqual(saved);
});
