import type { FlowDraft } from "../../workflows/flow/schema.js";

/** A draft that the server has not confirmed, kept in the browser together with the revision that it builds on. */
export interface KeptDraft {
  readonly draft: FlowDraft;
  readonly revision: number;
}

export type SaveStatus =
  | { readonly kind: "saved"; readonly at: string | null }
  | { readonly kind: "saving" }
  /** Kept in this browser; tried again by itself. */
  | { readonly kind: "offline" }
  /** Someone else saved in between. Nothing is sent until a person chose. */
  | { readonly kind: "conflict" }
  /** Somebody else edits the flow. Nothing is sent until they are done. */
  | { readonly kind: "taken" }
  /** The server will not take it; the words say why. */
  | { readonly kind: "refused"; readonly reason: string };

export type SaveOutcome =
  | { readonly kind: "saved"; readonly revision: number; readonly savedAt: string }
  | { readonly kind: "conflict" }
  | { readonly kind: "taken" }
  | { readonly kind: "offline" }
  | { readonly kind: "refused"; readonly reason: string };

export interface AutosaveParts {
  readonly save: (draft: FlowDraft, revision: number) => Promise<SaveOutcome>;
  readonly keep: (kept: KeptDraft) => void;
  readonly forget: () => void;
  readonly onStatus: (status: SaveStatus) => void;
  readonly onRevision: (revision: number) => void;
  readonly later: (run: () => void, ms: number) => () => void;
}

export interface Autosave {
  readonly changed: (draft: FlowDraft) => void;
  /** Saves at once what is waiting: before publishing, or when the network is back; false where something is unsaved still. */
  readonly flush: () => Promise<boolean>;
  /** After a conflict: go on from this revision, with this draft if it is to be saved. */
  readonly resume: (revision: number, draft: FlowDraft | null) => void;
  readonly revision: () => number;
  /** Nothing waits, and nothing is in the air. */
  readonly isClean: () => boolean;
  /** Goes on from what somebody else saved; false, and nothing is done, where something of one's own is unsaved. */
  readonly follow: (revision: number) => boolean;
  /** Hands over what is unsaved, to be kept elsewhere; null: there is nothing. */
  readonly setAside: () => KeptDraft | null;
  readonly stop: () => void;
}

export const SAVE_AFTER = 600;
export const TRY_AGAIN_AFTER = 5_000;

interface State {
  revision: number;
  waiting: FlowDraft | null;
  inAir: Promise<void> | null;
  /** Until a person chose: after a conflict, or when the server will not take it. */
  halted: boolean;
  forgetTimer: () => void;
}

/** One save in the air at a time; what changes meanwhile waits for it and builds on its revision. */
export function createAutosave(parts: AutosaveParts, firstRevision: number): Autosave {
  const state: State = {
    revision: firstRevision,
    waiting: null,
    inAir: null,
    halted: false,
    forgetTimer: () => undefined,
  };
  const flush = async () => {
    state.forgetTimer();
    state.inAir ??= drain(state, parts, schedule).finally(() => (state.inAir = null));
    await state.inAir;
    return state.waiting === null;
  };
  const schedule = (ms: number) => {
    state.forgetTimer();
    state.forgetTimer = parts.later(() => void flush(), ms);
  };
  return {
    changed: (draft) => {
      state.waiting = draft;
      parts.keep({ draft, revision: state.revision });
      if (!state.halted) schedule(SAVE_AFTER);
    },
    flush,
    resume: (from, draft) => {
      Object.assign(state, { revision: from, halted: false, waiting: draft });
      parts.onRevision(from);
      if (draft) schedule(0);
      else settled(parts, null);
    },
    revision: () => state.revision,
    isClean: () => isClean(state),
    follow: (from) => {
      if (!isClean(state)) return false;
      state.revision = from;
      parts.onRevision(from);
      return true;
    },
    setAside: () => {
      state.forgetTimer();
      const { waiting: draft, revision } = state;
      Object.assign(state, { waiting: null, halted: false });
      if (!draft) return null;
      settled(parts, null);
      return { draft, revision };
    },
    stop: () => state.forgetTimer(),
  };
}

const isClean = ({ waiting, inAir }: State): boolean => waiting === null && inAir === null;

type Schedule = (ms: number) => void;

/** Saves until nothing waits, or until a save did not go through. */
async function drain(state: State, parts: AutosaveParts, schedule: Schedule): Promise<void> {
  while (state.waiting && !state.halted) {
    const draft = state.waiting;
    state.waiting = null;
    parts.onStatus({ kind: "saving" });
    const outcome = await parts.save(draft, state.revision);
    if (outcome.kind !== "saved") {
      notSaved({ state, parts, schedule }, outcome, draft);
      return;
    }
    saved(state, parts, outcome);
  }
}

function saved(
  state: State,
  parts: AutosaveParts,
  { revision, savedAt }: Extract<SaveOutcome, { kind: "saved" }>,
): void {
  state.revision = revision;
  parts.onRevision(revision);
  // What is still waiting now builds on what was just saved, also after a reload.
  if (state.waiting) parts.keep({ draft: state.waiting, revision });
  else settled(parts, savedAt);
}

function settled(parts: AutosaveParts, at: string | null): void {
  parts.forget();
  parts.onStatus({ kind: "saved", at });
}

interface Saver {
  readonly state: State;
  readonly parts: AutosaveParts;
  readonly schedule: Schedule;
}

function notSaved(
  { state, parts, schedule }: Saver,
  outcome: Exclude<SaveOutcome, { kind: "saved" }>,
  draft: FlowDraft,
): void {
  state.waiting ??= draft;
  parts.onStatus(outcome);
  if (outcome.kind === "offline") schedule(TRY_AGAIN_AFTER);
  else state.halted = outcome.kind !== "refused";
}
