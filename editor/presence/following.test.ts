import { expect, test } from "vitest";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { createAutosave } from "../flow/autosave.js";
import type { SaveOutcome, SaveStatus } from "../flow/autosave.js";
import { retitleNode } from "../flow/edit.js";
import { createKeptDrafts } from "../flow/kept-drafts.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow } from "../flow/testing/drafts.js";
import { aStorage } from "../flow/testing/storage.js";
import { createFollowing } from "./following.js";

const named = (title: string): FlowDraft => retitleNode(aFlow(), "note", title);

/** A page with a flow at revision 4, wired as the editor wires it; saves are answered by the test, and wait for no clock. */
function aPage() {
  const server = { draft: aFlow(), draftRevision: 4 };
  const store = createFlowStore(aFlow());
  const storage = aStorage();
  const kept = createKeptDrafts(storage, { flowId: "flow-1", tabId: "a" }, () => storage.length);
  const sent: { title: string | undefined; revision: number }[] = [];
  const statuses: SaveStatus["kind"][] = [];
  let outcome: SaveOutcome | Promise<SaveOutcome> = { kind: "offline" };
  let reading = () => Promise.resolve(server);
  const autosave = createAutosave(
    {
      save: (draft, revision) => {
        sent.push({ title: titleIn(draft), revision });
        return Promise.resolve(outcome);
      },
      keep: kept.keep,
      forget: kept.forget,
      onStatus: ({ kind }) => statuses.push(kind),
      onRevision: () => undefined,
      later: () => () => undefined,
    },
    4,
  );
  store.subscribe((now, before) => {
    if (now.draft !== before.draft && !store.isFollowing()) autosave.changed(now.draft);
  });
  return {
    ...{ autosave, server, store, storage, sent, statuses },
    following: createFollowing({ autosave, store, kept, readFlow: () => reading() }),
    type: (title: string) => store.getState().edit((flow) => retitleNode(flow, "note", title)),
    answer: (next: SaveOutcome | Promise<SaveOutcome>) => void (outcome = next),
    read: (next: typeof reading) => void (reading = next),
    /** What another page of this browser finds. */
    left: () => createKeptDrafts(storage, { flowId: "flow-1", tabId: "b" }).takeUp(),
    ...{ hasAside: kept.hasAside, forget: kept.forget },
    title: () => titleIn(store.getState().draft),
  };
}
/** A save that is answered when the test says so. */
function inTheAir() {
  let resolve: (outcome: SaveOutcome) => void = () => undefined;
  const promise = new Promise<SaveOutcome>((answered) => (resolve = answered));
  return { promise, resolve: (outcome: SaveOutcome) => resolve(outcome) };
}
const titleIn = ({ nodes }: FlowDraft) => nodes.find(({ id }) => id === "note")?.title;

test("what others save is shown, is no edit of one's own, and cannot be undone here", async () => {
  const { following, server, store, title, autosave, sent } = aPage();
  Object.assign(server, { draft: named("theirs"), draftRevision: 6 });
  await following.catchUp(6);
  expect([title(), autosave.revision(), autosave.isClean()]).toEqual(["theirs", 6, true]);
  store.undo();
  expect(title()).toBe("theirs");
  await autosave.flush();
  expect(sent).toEqual([]);
});

test("what is unsaved here is not replaced by what others save", async () => {
  const { following, server, title, type, autosave } = aPage();
  type("mine");
  Object.assign(server, { draft: named("theirs"), draftRevision: 6 });
  await following.catchUp(6);
  expect([title(), autosave.revision()]).toEqual(["mine", 4]);
});

test("what was read too late is not shown in place of what is newer", async () => {
  const { following, title, autosave } = aPage();
  autosave.follow(6);
  await following.catchUp(7);
  expect([title(), autosave.revision()]).toEqual([titleIn(aFlow()), 6]);
});

test("whoever is taken over in the middle of a word sees the other's flow, and the word is put aside", async () => {
  const { following, server, type, title, left, hasAside, autosave, answer, statuses } = aPage();
  type("half a wo");
  answer({ kind: "taken" });
  await autosave.flush();
  expect(statuses.at(-1)).toBe("taken");
  Object.assign(server, { draft: named("theirs"), draftRevision: 5 });
  await following.giveUp();
  expect([title(), autosave.isClean(), statuses.at(-1)]).toEqual(["theirs", true, "saved"]);
  expect(hasAside()).toBe(true);
  expect(left()).toEqual({ draft: named("half a wo"), revision: 4 });
});

test("whoever is taken over with everything saved has nothing put aside, and need not read", async () => {
  const { following, storage, read } = aPage();
  read(() => expect.fail("Nothing is to be read."));
  await following.giveUp();
  expect(storage).toHaveLength(0);
});

test.each(["taken", "offline"] as const)(
  "what was typed during a save is put aside whole, whatever the save is answered: %s",
  async (kind) => {
    const { following, type, left, storage, answer, autosave } = aPage();
    const air = inTheAir();
    answer(air.promise);
    type("a");
    const flushed = autosave.flush();
    type("ab");
    const given = following.giveUp();
    air.resolve({ kind });
    await Promise.all([flushed, given]);
    await following.giveUp();
    expect(storage).toHaveLength(1);
    expect(left()).toEqual({ draft: named("ab"), revision: 4 });
  },
);

test("nothing is put aside where the pen came back while a save was in the air", async () => {
  const { following, type, title, hasAside, answer, autosave, sent } = aPage();
  const air = inTheAir();
  answer(air.promise);
  type("a");
  const flushed = autosave.flush();
  const given = following.giveUp();
  following.comeBack();
  answer({ kind: "saved", revision: 5 });
  air.resolve({ kind: "offline" });
  await Promise.all([flushed, given]);
  expect([hasAside(), title()]).toEqual([false, "a"]);
  await autosave.flush();
  expect(sent).toHaveLength(2);
});

test("what the browser has no room for stays on the page, unsaved, and its copy is not erased", async () => {
  const { following, server, type, title, left, storage, answer, autosave } = aPage();
  type("half a wo");
  answer({ kind: "taken" });
  await autosave.flush();
  const write = storage.setItem;
  storage.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  Object.assign(server, { draft: named("theirs"), draftRevision: 5 });
  await expect(following.giveUp()).rejects.toThrow("QuotaExceededError");
  expect([title(), autosave.isClean()]).toEqual(["half a wo", false]);
  storage.setItem = write;
  expect(left()).toEqual({ draft: named("half a wo"), revision: 4 });
});

test("where the server is away, what was put aside stays so", async () => {
  const { following, type, left, read } = aPage();
  type("half a wo");
  read(() => Promise.reject(new Error("offline")));
  await following.giveUp();
  expect(left()).toEqual({ draft: named("half a wo"), revision: 4 });
});

test("what was put aside is saved when the pen comes back and nobody saved since", async () => {
  const { following, type, title, sent, answer, autosave, storage } = aPage();
  type("half a wo");
  await following.giveUp();
  following.comeBack();
  answer({ kind: "saved", revision: 5 });
  await autosave.flush();
  expect([title(), storage.length]).toEqual(["half a wo", 0]);
  expect(sent).toEqual([{ title: "half a wo", revision: 4 }]);
});

test("what was put aside, and saved by another page since, is not sent again nor kept any longer", async () => {
  const { following, server, type, sent, autosave, storage, title } = aPage();
  type("by both");
  Object.assign(server, { draft: named("by both"), draftRevision: 5 });
  await following.giveUp();
  following.comeBack();
  await autosave.flush();
  expect([title(), sent, storage.length, autosave.revision()]).toEqual(["by both", [], 0, 5]);
});

test("what was put aside does not replace what is unsaved here", async () => {
  const { following, type, title, hasAside, forget } = aPage();
  type("left");
  await following.giveUp();
  type("typed before the page knew");
  // Letters are written to the browser a moment later.
  forget();
  following.comeBack();
  expect([title(), hasAside()]).toEqual(["typed before the page knew", true]);
});

test("where others saved since, it is sent as what it is, on top of the old revision: a person chooses", async () => {
  const { following, server, type, store, title, sent, answer, autosave, statuses } = aPage();
  type("half a wo");
  await following.giveUp();
  Object.assign(server, { draft: named("theirs"), draftRevision: 5 });
  await following.catchUp(5);
  answer({ kind: "conflict", theirs: { draft: named("theirs"), revision: 5 } });
  following.comeBack();
  await autosave.flush();
  expect(sent).toEqual([{ title: "half a wo", revision: 4 }]);
  expect(statuses.at(-1)).toBe("conflict");
  store.undo();
  expect(title()).toBe("theirs");
});
