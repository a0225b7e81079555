import { expect, test } from "vitest";
import { TRY_AGAIN_AFTER_MS } from "./autosave.js";
import type { Autosave } from "./autosave.js";
import type { KeptDraft } from "./kept-drafts.js";
import { aSetting, conflictWith, draftNamed, saved } from "./testing/saving.js";

test("what was typed while a save did not get through is what is tried again", async () => {
  const { autosave, calls, runTimer, answer } = aSetting();
  autosave.changed(draftNamed("a"));
  runTimer();
  autosave.changed(draftNamed("ab"));
  await answer({ kind: "offline" });
  runTimer();
  expect(calls[1]).toMatchObject({ title: "ab", revision: 7 });
});

test("a save whose answer was lost is no conflict with oneself: it is saved", async () => {
  const { autosave, calls, kept, runTimer, answer, statuses } = aSetting();
  autosave.changed(draftNamed("mine"));
  runTimer();
  await answer({ kind: "offline" });
  runTimer();
  await answer(conflictWith("mine", 8));
  expect([calls.length, autosave.revision(), kept(), statuses.at(-1)]).toEqual([2, 8, null, "saved"]);
});

test("what was typed since a save whose answer was lost goes on top of it", async () => {
  const { autosave, calls, kept, runTimer, answer, statuses } = aSetting();
  autosave.changed(draftNamed("mine"));
  runTimer();
  await answer({ kind: "offline" });
  autosave.changed(draftNamed("mine, further"));
  runTimer();
  await answer(conflictWith("mine", 8));
  expect(calls[2]).toMatchObject({ title: "mine, further", revision: 8 });
  expect(kept()).toEqual({ draft: draftNamed("mine, further"), revision: 8 });
  await answer(saved(9));
  expect([kept(), statuses.at(-1)]).toEqual([null, "saved"]);
});

test("what others saved is a conflict, also where an own save was lost long before", async () => {
  const { autosave, runTimer, answer, statuses } = aSetting();
  autosave.changed(draftNamed("mine"));
  runTimer();
  await answer({ kind: "offline" });
  runTimer();
  await answer(saved(8));
  autosave.changed(draftNamed("mine, further"));
  runTimer();
  // Somebody brought an older draft back.
  await answer(conflictWith("mine", 12));
  expect([statuses.at(-1), autosave.revision()]).toEqual(["conflict", 8]);
});

const setAside = (autosave: Autosave) => {
  let left: KeptDraft | null = null;
  const hadSomething = autosave.setAside((next) => (left = next));
  return { left, hadSomething };
};

test("while somebody else edits nothing is sent, until it is put aside; what comes after that is saved again", async () => {
  const { autosave, calls, timers, kept, runTimer, answer, statuses } = aSetting();
  autosave.changed(draftNamed("mine"));
  runTimer();
  await answer({ kind: "taken" });
  autosave.changed(draftNamed("mine, further"));
  await autosave.flush();
  expect([calls.length, timers.length]).toEqual([1, 0]);
  expect(setAside(autosave)).toEqual({ left: { draft: draftNamed("mine, further"), revision: 7 }, hadSomething: true });
  expect([kept(), autosave.isClean(), statuses.at(-1)]).toEqual([null, true, "saved"]);
  expect(setAside(autosave)).toEqual({ left: null, hadSomething: false });
  autosave.changed(draftNamed("again"));
  runTimer();
  expect(calls[1]).toMatchObject({ title: "again" });
});

test("what cannot be put aside stays unsaved and kept, and is tried again", async () => {
  const { autosave, calls, timers, kept, runTimer, answer } = aSetting();
  autosave.changed(draftNamed("mine"));
  runTimer();
  await answer({ kind: "taken" });
  const noRoom = () => {
    throw new Error("QuotaExceededError");
  };
  expect(() => autosave.setAside(noRoom)).toThrow("QuotaExceededError");
  expect([autosave.isClean(), kept()?.draft]).toEqual([false, draftNamed("mine")]);
  expect(timers.map(({ ms }) => ms)).toEqual([TRY_AGAIN_AFTER_MS]);
  runTimer();
  expect(calls[1]).toMatchObject({ title: "mine" });
});

test("what is put aside is not saved by the clock any more", () => {
  const { autosave, timers } = aSetting();
  autosave.changed(draftNamed("mine"));
  setAside(autosave);
  expect(timers).toEqual([]);
});

test("a page that goes sends what waits once, and tries no more", async () => {
  const { autosave, timers, answer } = aSetting();
  autosave.changed(draftNamed("mine"));
  const gone = autosave.flush().finally(autosave.stop);
  await answer({ kind: "offline" });
  await gone;
  expect(timers).toEqual([]);
});
