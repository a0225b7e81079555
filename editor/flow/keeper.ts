import type { KeptDraft } from "./kept-drafts.js";

/** Writing a large flow takes longer than a letter may, so letters that come together are written once. */
export const KEEP_AFTER_MS = 250;

export interface KeeperParts {
  readonly write: (kept: KeptDraft) => void;
  readonly erase: () => void;
  readonly later: (run: () => void, ms: number) => () => void;
}

export interface Keeper {
  readonly keep: (kept: KeptDraft) => void;
  readonly forget: () => void;
  /** Writes at once what waits: the page goes. */
  readonly flush: () => void;
}

/** Keeps the last draft in the browser, at most every so often. */
export function createKeeper({ write, erase, later }: KeeperParts): Keeper {
  let waiting: KeptDraft | null = null;
  let forgetTimer: (() => void) | null = null;
  const takeWaiting = (): KeptDraft | null => {
    const taken = waiting;
    forgetTimer?.();
    [waiting, forgetTimer] = [null, null];
    return taken;
  };
  const flush = () => {
    const kept = takeWaiting();
    if (kept) write(kept);
  };
  return {
    keep: (kept) => {
      waiting = kept;
      forgetTimer ??= later(flush, KEEP_AFTER_MS);
    },
    forget: () => {
      takeWaiting();
      erase();
    },
    flush,
  };
}
