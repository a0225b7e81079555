import { createAutosave } from "../autosave.js";
import type { SaveOutcome, SaveStatus } from "../autosave.js";
import { retitleNode } from "../edit.js";
import type { KeptDraft } from "../kept-drafts.js";
import { aFlow } from "./drafts.js";

export const draftNamed = (title: string) => retitleNode(aFlow(), "note", title);

/** A server that answers when told to, and a clock that only the test moves. */
export function aSetting() {
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
      // Once all that it sets off is done.
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  };
}
export const saved = (revision: number): SaveOutcome => ({ kind: "saved", revision });
export const conflictWith = (title: string, revision: number): SaveOutcome => ({
  kind: "conflict",
  theirs: { draft: draftNamed(title), revision },
});
