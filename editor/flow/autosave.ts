import { isSameJson } from "../../workflows/flow/canonical-json.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import type { KeptDraft } from "./kept-drafts.js";

export type SaveStatus =
  | { readonly kind: "saved"; readonly byThisPage: boolean }
  | { readonly kind: "saving" }
  /** Kept in this browser; tried again by itself. */
  | { readonly kind: "offline" }
  /** Someone else saved in between. Nothing is sent until a person chose. */
  | { readonly kind: "conflict" }
  /** Somebody else edits the flow. Nothing is sent until they are done. */
  | { readonly kind: "taken" }
  /** The server will not take it; the error says why. */
  | { readonly kind: "refused"; readonly error: unknown };

export type SaveOutcome =
  | { readonly kind: "saved"; readonly revision: number }
  /** The server has another draft than the one that was built on: this. */
  | { readonly kind: "conflict"; readonly theirs: KeptDraft }
  | { readonly kind: "taken" }
  /** There was no answer, so nobody knows whether the server has it. */
  | { readonly kind: "offline" }
  | { readonly kind: "refused"; readonly error: unknown };

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
  /** When nothing is in the air any more. */
  readonly landed: () => Promise<void>;
  /** Has what is unsaved written elsewhere, and is clean after it. False: there is nothing. Where it cannot be written it stays unsaved. */
  readonly setAside: (write: (left: KeptDraft) => void) => boolean;
  /** Nothing is tried again by itself until the next change. */
  readonly stop: () => void;
}

export const SAVE_AFTER_MS = 600;
export const TRY_AGAIN_AFTER_MS = 5_000;

interface State {
  revision: number;
  waiting: FlowDraft | null;
  inAir: Promise<void> | null;
  /** Until a person chose, after a conflict; until it is put aside, when somebody else edits. */
  halted: boolean;
  /** What was sent and not answered: the server may have it. */
  readonly unanswered: Set<FlowDraft>;
  forgetTimer: () => void;
}

/** One save in the air at a time; what changes meanwhile waits for it and builds on its revision. */
export function createAutosave(parts: AutosaveParts, firstRevision: number): Autosave {
  const state: State = {
    revision: firstRevision,
    waiting: null,
    inAir: null,
    halted: false,
    unanswered: new Set(),
    forgetTimer: () => undefined,
  };
  const schedule = (ms: number) => {
    state.forgetTimer();
    state.forgetTimer = parts.later(() => void flush(), ms);
  };
  const saver: Saver = { state, parts, schedule };
  const flush = async () => {
    state.forgetTimer();
    state.inAir ??= drain(saver).finally(() => (state.inAir = null));
    await state.inAir;
    return state.waiting === null;
  };
  return {
    changed: (draft) => {
      state.waiting = draft;
      parts.keep({ draft, revision: state.revision });
      if (!state.halted) schedule(SAVE_AFTER_MS);
    },
    flush,
    resume: (from, draft) => {
      Object.assign(state, { revision: from, halted: false, waiting: draft });
      parts.onRevision(from);
      if (draft) schedule(0);
      else settled(parts, false);
    },
    revision: () => state.revision,
    isClean: () => isClean(state),
    follow: (from) => {
      if (!isClean(state)) return false;
      state.revision = from;
      parts.onRevision(from);
      return true;
    },
    landed: async () => {
      await state.inAir;
    },
    setAside: (write) => setAside(saver, write),
    stop: () => state.forgetTimer(),
  };
}

const isClean = ({ waiting, inAir }: State): boolean => waiting === null && inAir === null;

interface Saver {
  readonly state: State;
  readonly parts: AutosaveParts;
  readonly schedule: (ms: number) => void;
}

/** Saves until nothing waits, or until a save did not go through. */
async function drain(saver: Saver): Promise<void> {
  const { state, parts } = saver;
  while (state.waiting && !state.halted) {
    const draft = state.waiting;
    state.waiting = null;
    parts.onStatus({ kind: "saving" });
    const outcome = await parts.save(draft, state.revision);
    if (outcome.kind === "saved") reached(saver, outcome.revision);
    else if (outcome.kind === "conflict" && isFromHere(state, draft, outcome.theirs)) {
      if (!isSameJson(draft, outcome.theirs.draft)) state.waiting ??= draft;
      reached(saver, outcome.theirs.revision);
    } else {
      notSaved(saver, outcome, draft);
      return;
    }
  }
}

/** A save whose answer was lost: what the server has is one's own, and no conflict. */
const isFromHere = ({ unanswered }: State, draft: FlowDraft, theirs: KeptDraft): boolean =>
  [draft, ...unanswered].some((sent) => isSameJson(sent, theirs.draft));

/** The server has what was sent from here as this revision. */
function reached({ state, parts }: Saver, revision: number): void {
  state.revision = revision;
  state.unanswered.clear();
  parts.onRevision(revision);
  // What is still waiting now builds on what was just saved, also after a reload.
  if (state.waiting) parts.keep({ draft: state.waiting, revision });
  else settled(parts, true);
}

function settled(parts: AutosaveParts, byThisPage: boolean): void {
  parts.forget();
  parts.onStatus({ kind: "saved", byThisPage });
}

function notSaved(
  { state, parts, schedule }: Saver,
  outcome: Exclude<SaveOutcome, { kind: "saved" }>,
  draft: FlowDraft,
): void {
  state.waiting ??= draft;
  parts.onStatus(outcome);
  if (outcome.kind === "offline") {
    state.unanswered.add(draft);
    schedule(TRY_AGAIN_AFTER_MS);
  } else state.halted = outcome.kind === "conflict" || outcome.kind === "taken";
}

function setAside({ state, parts, schedule }: Saver, write: (left: KeptDraft) => void): boolean {
  const { waiting: draft, revision } = state;
  if (!draft) return false;
  try {
    write({ draft, revision });
  } catch (error) {
    // The pen may be free by then.
    state.halted = false;
    schedule(TRY_AGAIN_AFTER_MS);
    throw error;
  }
  state.forgetTimer();
  Object.assign(state, { waiting: null, halted: false });
  settled(parts, false);
  return true;
}
