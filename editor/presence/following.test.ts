import { expect, test } from "vitest";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { createAutosave } from "../flow/autosave.js";
import type { KeptDraft, SaveOutcome, SaveStatus } from "../flow/autosave.js";
import { retitleNode } from "../flow/edit.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow } from "../flow/testing/drafts.js";
import { createFollowing } from "./following.js";

const named = (title: string): FlowDraft => retitleNode(aFlow(), "note", title);

/** A page with a flow at revision 4, wired as the editor wires it; saves are answered by the test, and wait for no clock. */
function aPage() {
  const server = { draft: aFlow(), draftRevision: 4 };
  const store = createFlowStore(aFlow());
  const sent: { title: string | undefined; revision: number }[] = [];
  const statuses: SaveStatus["kind"][] = [];
  let outcome: SaveOutcome = { kind: "offline" };
  let kept: KeptDraft | null = null;
  let aside: KeptDraft | null = null;
  const autosave = createAutosave(
    {
      save: (draft, revision) => {
        sent.push({ title: titleIn(draft), revision });
        return Promise.resolve(outcome);
      },
      keep: (next) => (kept = next),
      forget: () => (kept = null),
      onStatus: ({ kind }) => statuses.push(kind),
      onRevision: () => undefined,
      later: () => () => undefined,
    },
    4,
  );
  store.subscribe((now, before) => {
    if (now.draft !== before.draft && !store.isFollowing()) autosave.changed(now.draft);
  });
  const following = createFollowing({
    ...{ autosave, store },
    readFlow: () => Promise.resolve(server),
    putAside: (left) => (aside = left),
    takeUp: () => {
      [kept, aside] = [kept ?? aside, null];
      return kept;
    },
  });
  return {
    ...{ autosave, following, server, store, sent, statuses },
    type: (title: string) => store.getState().edit((flow) => retitleNode(flow, "note", title)),
    answer: (next: SaveOutcome) => (outcome = next),
    aside: () => aside,
    title: () => titleIn(store.getState().draft),
  };
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

test("whoever is taken over in the middle of a word sees the other's flow, and the word is put aside", async () => {
  const { following, type, title, aside, autosave, answer, statuses } = aPage();
  type("half a wo");
  answer({ kind: "taken" });
  await autosave.flush();
  expect(statuses.at(-1)).toBe("taken");
  expect(await following.giveUp()).toBe(true);
  expect(aside()).toEqual({ draft: named("half a wo"), revision: 4 });
  expect([title(), autosave.isClean(), statuses.at(-1)]).toEqual([titleIn(aFlow()), true, "saved"]);
});

test("whoever is taken over with everything saved has nothing put aside", async () => {
  const { following, aside } = aPage();
  expect(await following.giveUp()).toBe(false);
  expect(aside()).toBeNull();
});

test("what was put aside is saved when the pen comes back and nobody saved since", async () => {
  const { following, type, title, sent, answer, autosave, aside } = aPage();
  type("half a wo");
  await following.giveUp();
  following.comeBack();
  answer({ kind: "saved", revision: 5, savedAt: "2026-01-01T00:00:00Z" });
  await autosave.flush();
  expect([title(), aside()]).toEqual(["half a wo", null]);
  expect(sent).toEqual([{ title: "half a wo", revision: 4 }]);
});

test("where others saved since, it is sent as what it is, on top of the old revision: a person chooses", async () => {
  const { following, server, type, store, title, sent, answer, autosave, statuses } = aPage();
  type("half a wo");
  await following.giveUp();
  Object.assign(server, { draft: named("theirs"), draftRevision: 5 });
  await following.catchUp(5);
  answer({ kind: "conflict" });
  following.comeBack();
  await autosave.flush();
  expect(sent).toEqual([{ title: "half a wo", revision: 4 }]);
  expect(statuses.at(-1)).toBe("conflict");
  store.undo();
  expect(title()).toBe("theirs");
});
