import type { FlowDetail } from "../../server/flows/flow-api.js";
import { isSameJson } from "../../workflows/flow/canonical-json.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import type { Autosave, KeptDraft } from "../flow/autosave.js";
import type { FlowStore } from "../flow/store.js";

type Read = Pick<FlowDetail, "draft" | "draftRevision">;

export interface FollowingParts {
  readonly autosave: Autosave;
  readonly store: FlowStore;
  readonly readFlow: () => Promise<Read>;
  readonly putAside: (kept: KeptDraft) => void;
  /** What was put aside or kept by a page that is gone; it counts as kept here from then on. */
  readonly takeUp: () => KeptDraft | null;
}

export interface Following {
  /** Shows what somebody else saved, where nothing of one's own is unsaved. */
  readonly catchUp: (revision: number) => Promise<void>;
  /** Somebody else has the pen: what is not saved here is put aside, and theirs is shown. True: there was something. */
  readonly giveUp: () => Promise<boolean>;
  /** The pen is free or here: what was put aside is saved, or a person chooses where others saved since. */
  readonly comeBack: () => void;
}

/** How a page goes along with a draft that somebody else writes. Nothing of anybody is dropped. */
export function createFollowing({ autosave, store, readFlow, putAside, takeUp }: FollowingParts): Following {
  let shown: FlowDraft | null = null;
  const show = ({ draft, draftRevision }: Read): void => {
    if (draftRevision < autosave.revision() || !autosave.follow(draftRevision)) return;
    shown = draft;
    store.follow(draft);
  };
  return {
    catchUp: async (revision) => {
      if (revision > autosave.revision()) show(await readFlow());
    },
    giveUp: async () => {
      const left = autosave.setAside();
      if (left) putAside(left);
      if (left) show(await readFlow());
      return left !== null;
    },
    comeBack: () => {
      if (!autosave.isClean()) return;
      const kept = takeUp();
      if (!kept || (shown && isSameJson(kept.draft, shown))) return;
      autosave.follow(kept.revision);
      store.getState().edit(() => kept.draft, { select: [] });
    },
  };
}
