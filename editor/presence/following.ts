import type { FlowDetail } from "../../server/flows/flow-api.js";
import { isSameJson } from "../../workflows/flow/canonical-json.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import type { Autosave } from "../flow/autosave.js";
import type { KeptDraft, KeptDrafts } from "../flow/kept-drafts.js";
import type { FlowStore } from "../flow/store.js";

type Read = Pick<FlowDetail, "draft" | "draftRevision">;

export interface FollowingParts {
  readonly autosave: Autosave;
  readonly store: FlowStore;
  readonly readFlow: () => Promise<Read>;
  readonly kept: Pick<KeptDrafts, "putAside" | "takeUp">;
}

export interface Following {
  /** Shows what somebody else saved, where nothing of one's own is unsaved. */
  readonly catchUp: (revision: number) => Promise<void>;
  /**
   * Somebody else has the pen: once nothing is in the air, what is not saved here is put aside, and theirs is shown. Rejects where it
   * cannot be put aside; then it stays on the page, unsaved.
   */
  readonly giveUp: () => Promise<void>;
  /** The pen is free or here: what was put aside is saved, or a person chooses where others saved since. */
  readonly comeBack: () => void;
}

/** How a page goes along with a draft that somebody else writes. Nothing of anybody is dropped. */
export function createFollowing({ autosave, store, readFlow, kept }: FollowingParts): Following {
  let shown: FlowDraft | null = null;
  let returns = 0;
  const show = ({ draft, draftRevision }: Read): void => {
    if (draftRevision < autosave.revision() || !autosave.follow(draftRevision)) return;
    shown = draft;
    store.follow(draft);
  };
  const readTheirs = async (): Promise<void> => show(await readFlow());
  const takeUp = ({ draft, revision }: KeptDraft): void => {
    if (shown && isSameJson(draft, shown)) {
      // The server has it: it need not be kept any more.
      autosave.resume(autosave.revision(), null);
      return;
    }
    autosave.follow(revision);
    store.getState().edit(() => draft, { select: [] });
  };
  return {
    catchUp: async (revision) => {
      if (revision > autosave.revision()) await readTheirs();
    },
    giveUp: async () => {
      const before = returns;
      await autosave.landed();
      const isBack = returns > before;
      if (!isBack && autosave.setAside(kept.putAside)) await readTheirs().catch(() => undefined);
    },
    comeBack: () => {
      returns += 1;
      if (!autosave.isClean()) return;
      const left = kept.takeUp();
      if (left) takeUp(left);
    },
  };
}
