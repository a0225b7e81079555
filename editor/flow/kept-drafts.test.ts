import { expect, test } from "vitest";
import { forgetDraft, hasAside, keepDraft, openingOf, putAside, readKept, takeUp } from "./kept-drafts.js";
import { retitleNode } from "./edit.js";
import { aFlow } from "./testing/drafts.js";

function aStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    key: () => null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
const mine = retitleNode(aFlow(), "note", "mine");
const server = { draft: aFlow(), draftRevision: 4 };

test("what was kept comes back until it is forgotten", () => {
  const storage = aStorage();
  keepDraft(storage, "flow-1", { draft: mine, revision: 4 });
  expect(readKept(storage, "flow-1")).toEqual({ draft: mine, revision: 4 });
  expect(readKept(storage, "flow-2")).toBeNull();
  forgetDraft(storage, "flow-1");
  expect(readKept(storage, "flow-1")).toBeNull();
});

test.each(["{", "null", '{"draft":{}}'])("what cannot be read is ignored: %s", (text) => {
  const storage = aStorage();
  storage.setItem("loopwright.draft.flow-1", text);
  expect(readKept(storage, "flow-1")).toBeNull();
});

test("a draft that builds on the server's revision simply was not sent yet", () => {
  expect(openingOf({ draft: mine, revision: 4 }, server)).toEqual({ kind: "kept", draft: mine });
});

test("a draft that builds on an older revision is a conflict", () => {
  expect(openingOf({ draft: mine, revision: 3 }, server)).toEqual({ kind: "conflict", draft: mine });
});

test("a draft that equals the server's needs nobody", () => {
  expect(openingOf({ draft: aFlow(), revision: 3 }, server)).toEqual({ kind: "server" });
  expect(openingOf(null, server)).toEqual({ kind: "server" });
});

test("what was put aside stays apart from what is kept, and is taken up once", () => {
  const storage = aStorage();
  const other = retitleNode(aFlow(), "note", "of another tab");
  putAside(storage, "flow-1", { draft: mine, revision: 4 });
  keepDraft(storage, "flow-1", { draft: other, revision: 5 });
  expect(takeUp(storage, "flow-1")).toEqual({ draft: other, revision: 5 });
  forgetDraft(storage, "flow-1");
  expect(hasAside(storage, "flow-1")).toBe(true);
  expect(takeUp(storage, "flow-1")).toEqual({ draft: mine, revision: 4 });
  expect(hasAside(storage, "flow-1")).toBe(false);
  // Until it is saved it is kept like any other.
  expect(readKept(storage, "flow-1")).toEqual({ draft: mine, revision: 4 });
});
