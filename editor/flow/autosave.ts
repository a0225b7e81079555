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
  /** The server will not take it; the words say why. */
  | { readonly kind: "refused"; readonly reason: string };

export type SaveOutcome =
  | { readonly kind: "saved"; readonly revision: number; readonly savedAt: string }
  | { readonly kind: "conflict" }
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
  /** Saves at once what is waiting: before publishing, or when the network is back. */
  readonly flush: () => Promise<void>;
  /** After a conflict: go on from this revision, with this draft if it is to be saved. */
  readonly resume: (revision: number, draft: FlowDraft | null) => void;
  readonly revision: () => number;
  readonly stop: () => void;
}

export const SAVE_AFTER = 600;
export const TRY_AGAIN_AFTER = 5_000;

/** One save in the air at a time; what changes meanwhile waits for it and builds on its revision. */
export function createAutosave(parts: AutosaveParts, firstRevision: number): Autosave {
  let revision = firstRevision;
  let waiting: FlowDraft | null = null;
  let inAir: Promise<void> | null = null;
  let halted = false;
  let forgetTimer = () => {};

  const schedule = (ms: number) => {
    forgetTimer();
    forgetTimer = parts.later(() => void flush(), ms);
  };

  const settle = (outcome: SaveOutcome, draft: FlowDraft) => {
    if (outcome.kind === "saved") {
      revision = outcome.revision;
      parts.onRevision(revision);
      // What is still waiting now builds on what was just saved, also after a reload.
      if (waiting) {
        parts.keep({ draft: waiting, revision });
        return;
      }
      parts.forget();
      parts.onStatus({ kind: "saved", at: outcome.savedAt });
      return;
    }
    waiting ??= draft;
    parts.onStatus(outcome);
    if (outcome.kind === "offline") schedule(TRY_AGAIN_AFTER);
    else halted = true;
  };

  const saveOnce = async (draft: FlowDraft) => {
    parts.onStatus({ kind: "saving" });
    settle(await parts.save(draft, revision), draft);
  };

  const drain = async () => {
    while (waiting && !halted) {
      const draft = waiting;
      waiting = null;
      await saveOnce(draft);
      // An outcome other than "saved" put it back: the timer or a person goes on from here.
      if (waiting === draft) return;
    }
  };

  async function flush(): Promise<void> {
    forgetTimer();
    inAir ??= drain().finally(() => (inAir = null));
    await inAir;
  }

  return {
    changed: (draft) => {
      waiting = draft;
      parts.keep({ draft, revision });
      if (!halted) schedule(SAVE_AFTER);
    },
    flush,
    resume: (from, draft) => {
      revision = from;
      halted = false;
      waiting = draft;
      parts.onRevision(from);
      if (draft) schedule(0);
      else {
        parts.forget();
        parts.onStatus({ kind: "saved", at: null });
      }
    },
    revision: () => revision,
    stop: () => forgetTimer(),
  };
}
