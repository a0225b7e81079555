import { useEffect, useMemo, useState } from "react";
import { flowDetailSchema, savedDraftSchema } from "../../server/flows/flow-api.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { ApiError, request } from "../api/client.js";
import { createAutosave } from "../flow/autosave.js";
import type { Autosave, SaveOutcome, SaveStatus } from "../flow/autosave.js";
import { createKeeper } from "../flow/keeper.js";
import type { KeptDrafts } from "../flow/kept-drafts.js";
import { useFlowStore } from "../flow/store-context.js";
import type { Here } from "../presence/use-presence.js";

function outcomeOf(error: unknown): Exclude<SaveOutcome, { kind: "conflict" | "saved" }> {
  if (!(error instanceof ApiError)) return { kind: "refused", error };
  const { code, status } = error.problem;
  if (code === "pen_held") return { kind: "taken" };
  return status === 0 || status >= 500 ? { kind: "offline" } : { kind: "refused", error };
}

const isConflict = (error: unknown): boolean => error instanceof ApiError && error.problem.code === "draft_conflict";

async function theirsOf({ flowId }: Here): Promise<SaveOutcome> {
  try {
    const { draft, draftRevision: revision } = await request(flowDetailSchema, `/api/flows/${flowId}`);
    return { kind: "conflict", theirs: { draft, revision } };
  } catch (error) {
    return outcomeOf(error);
  }
}

async function save(here: Here, draft: FlowDraft, revision: number): Promise<SaveOutcome> {
  try {
    const body = { draft, revision, tabId: here.tabId };
    const saved = await request(savedDraftSchema, `/api/flows/${here.flowId}/draft`, { method: "PUT", body });
    return { kind: "saved", revision: saved.revision };
  } catch (error) {
    return isConflict(error) ? await theirsOf(here) : outcomeOf(error);
  }
}

const later = (run: () => void, ms: number) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

export interface Saving {
  readonly status: SaveStatus;
  readonly revision: number;
  readonly autosave: Autosave;
}

interface Opened {
  readonly here: Here;
  readonly kept: KeptDrafts;
  readonly revision: number;
  /** What was opened was kept in this browser and is not on the server yet. */
  readonly isUnsaved: boolean;
}

export function useAutosave({ here, kept, revision: first, isUnsaved }: Opened): Saving {
  const store = useFlowStore();
  const [status, setStatus] = useState<SaveStatus>({ kind: "saved", byThisPage: false });
  const [revision, setRevision] = useState(first);
  const [keeper] = useState(() => createKeeper({ write: kept.keep, erase: kept.forget, later }));
  const [autosave] = useState(() =>
    createAutosave(
      {
        save: (draft, base) => save(here, draft, base),
        keep: keeper.keep,
        forget: keeper.forget,
        onStatus: setStatus,
        onRevision: setRevision,
        later,
      },
      first,
    ),
  );
  useEffect(() => {
    if (isUnsaved) autosave.changed(store.getState().draft);
    const unsubscribe = store.subscribe((now, before) => {
      if (now.draft !== before.draft && !store.isFollowing()) autosave.changed(now.draft);
    });
    const flush = () => void autosave.flush();
    window.addEventListener("online", flush);
    window.addEventListener("pagehide", keeper.flush);
    document.addEventListener("visibilitychange", keeper.flush);
    return () => {
      unsubscribe();
      window.removeEventListener("online", flush);
      window.removeEventListener("pagehide", keeper.flush);
      document.removeEventListener("visibilitychange", keeper.flush);
      keeper.flush();
      // Leaving the page does not lose the last 600 ms. What cannot be sent then stays kept, and nobody goes on for a page that is gone.
      void autosave.flush().finally(autosave.stop);
    };
  }, [autosave, keeper, store, isUnsaved]);
  return useMemo(() => ({ status, revision, autosave }), [status, revision, autosave]);
}
