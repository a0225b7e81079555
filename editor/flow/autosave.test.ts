import { expect, test } from "vitest";
import { SAVE_AFTER_MS, TRY_AGAIN_AFTER_MS } from "./autosave.js";
import { aSetting, conflictWith, draftNamed, saved } from "./testing/saving.js";

test("changes in quick succession are one save, after a pause", () => {
  const { autosave, timers, calls, runTimer } = aSetting();
  autosave.changed(draftNamed("a"));
  autosave.changed(draftNamed("b"));
  expect(timers.map(({ ms }) => ms)).toEqual([SAVE_AFTER_MS]);
  runTimer();
  expect(calls.map(({ title, revision }) => ({ title, revision }))).toEqual([{ title: "b", revision: 7 }]);
});

test("what is not saved yet is kept, and forgotten when the server has it", async () => {
  const { autosave, kept, runTimer, answer, statuses } = aSetting();
  autosave.changed(draftNamed("a"));
  expect(kept()).toEqual({ draft: draftNamed("a"), revision: 7 });
  runTimer();
  await answer(saved(8));
  expect(kept()).toBeNull();
  expect(statuses).toEqual(["saving", "saved"]);
});

test("a change during a save waits for it and builds on its revision", async () => {
  const { autosave, calls, kept, runTimer, answer } = aSetting();
  autosave.changed(draftNamed("a"));
  runTimer();
  autosave.changed(draftNamed("b"));
  runTimer();
  expect(calls).toHaveLength(1);
  await answer(saved(8));
  expect(calls[1]).toMatchObject({ title: "b", revision: 8 });
  expect(kept()).toEqual({ draft: draftNamed("b"), revision: 8 });
});

test("without a network it is kept and tried again", async () => {
  const { autosave, calls, timers, kept, runTimer, answer, statuses } = aSetting();
  autosave.changed(draftNamed("a"));
  runTimer();
  await answer({ kind: "offline" });
  expect(statuses.at(-1)).toBe("offline");
  expect(kept()?.draft).toEqual(draftNamed("a"));
  expect(timers.map(({ ms }) => ms)).toEqual([TRY_AGAIN_AFTER_MS]);
  runTimer();
  expect(calls[1]).toMatchObject({ title: "a", revision: 7 });
});

test("after a conflict nothing is sent until a person chose", async () => {
  const { autosave, calls, timers, runTimer, answer, statuses } = aSetting();
  autosave.changed(draftNamed("mine"));
  runTimer();
  await answer(conflictWith("theirs", 12));
  autosave.changed(draftNamed("mine, further"));
  expect(timers).toEqual([]);
  await autosave.flush();
  expect(calls).toHaveLength(1);
  expect(statuses.at(-1)).toBe("conflict");
});

test("keeping mine saves it on top of theirs", async () => {
  const { autosave, calls, runTimer, answer } = aSetting();
  autosave.changed(draftNamed("mine"));
  runTimer();
  await answer(conflictWith("theirs", 12));
  autosave.resume(12, draftNamed("mine"));
  runTimer();
  expect(calls[1]).toMatchObject({ title: "mine", revision: 12 });
});

test("taking theirs sends nothing and forgets mine", async () => {
  const { autosave, calls, kept, timers, runTimer, answer } = aSetting();
  autosave.changed(draftNamed("mine"));
  runTimer();
  await answer(conflictWith("theirs", 12));
  autosave.resume(12, null);
  expect(timers).toEqual([]);
  expect(kept()).toBeNull();
  expect(calls).toHaveLength(1);
  expect(autosave.revision()).toBe(12);
});

test("publishing first sends what is waiting, and waits for it", async () => {
  const { autosave, answer } = aSetting();
  autosave.changed(draftNamed("a"));
  const flushed = autosave.flush();
  await answer(saved(8));
  expect(await flushed).toBe(true);
  expect(autosave.revision()).toBe(8);
});

test.each([conflictWith("theirs", 12), { kind: "offline" } as const])(
  "publishing is told that a save did not go through: $kind",
  async (outcome) => {
    const { autosave, answer } = aSetting();
    autosave.changed(draftNamed("a"));
    const flushed = autosave.flush();
    await answer(outcome);
    expect(await flushed).toBe(false);
    expect(autosave.revision()).toBe(7);
  },
);

test("a draft that the server refuses is tried again with the next change", async () => {
  const { autosave, calls, runTimer, answer, statuses } = aSetting();
  autosave.changed(draftNamed("too long"));
  runTimer();
  await answer({ kind: "refused", error: "The title is too long." });
  expect(statuses.at(-1)).toBe("refused");
  const again = autosave.flush();
  await answer({ kind: "refused", error: "The title is too long." });
  expect(await again).toBe(false);
  autosave.changed(draftNamed("short"));
  runTimer();
  expect(calls[2]).toMatchObject({ title: "short" });
});
