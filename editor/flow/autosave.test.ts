import { expect, test } from "vitest";
import { createAutosave, SAVE_AFTER_MS, TRY_AGAIN_AFTER_MS } from "./autosave.js";
import type { Autosave, SaveOutcome, SaveStatus } from "./autosave.js";
import { retitleNode } from "./edit.js";
import type { KeptDraft } from "./kept-drafts.js";
import { aFlow } from "./testing/drafts.js";

const draftNamed = (title: string) => retitleNode(aFlow(), "note", title);

/** A server that answers when told to, and a clock that only the test moves. */
function aSetting() {
  const timers: { run: () => void; ms: number }[] = [];
  const calls: { title: string; revision: number; answer: (outcome: SaveOutcome) => void }[] = [];
  const statuses: SaveStatus["kind"][] = [];
  let kept: KeptDraft | null = null;
  const autosave = createAutosave(
    {
      save: (draft, revision) =>
        new Promise((answer) => calls.push({ title: draft.nodes[3]?.title ?? "", revision, answer })),
      keep: (next) => (kept = next),
      forget: () => (kept = null),
      onStatus: ({ kind }) => statuses.push(kind),
      onRevision: () => undefined,
      later: (run, ms) => {
        const timer = { run, ms };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
      },
    },
    7,
  );
  return {
    autosave,
    calls,
    statuses,
    timers,
    kept: () => kept,
    runTimer: () => timers.shift()?.run(),
    answer: async (outcome: SaveOutcome) => {
      calls.at(-1)?.answer(outcome);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
const saved = (revision: number): SaveOutcome => ({ kind: "saved", revision });
const conflictWith = (title: string, revision: number): SaveOutcome => ({
  kind: "conflict",
  theirs: { draft: draftNamed(title), revision },
});

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
