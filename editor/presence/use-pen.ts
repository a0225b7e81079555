import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Presence } from "../../server/presence/presence-api.js";
import { queries } from "../api/queries.js";
import type { KeptDrafts } from "../flow/kept-drafts.js";
import { useFlowStore } from "../flow/store-context.js";
import type { Saving } from "../flows/use-autosave.js";
import { createFollowing } from "./following.js";
import type { Following } from "./following.js";
import { isHeldElsewhere } from "./pen-line-of.js";
import type { Lost } from "./pen-line-of.js";
import { firstPenState, nextPenState } from "./pen-state.js";
import { presenceKey } from "./use-presence.js";
import type { Here } from "./use-presence.js";

interface Given {
  readonly here: Here;
  readonly kept: KeptDrafts;
  readonly saving: Saving;
  /** None: the server did not say, so it is as if nobody else were there. */
  readonly presence: Presence | undefined;
  /** When it said so, in milliseconds. */
  readonly saidAt: number;
}

export interface PenHere {
  readonly isLookingOn: boolean;
  readonly lost: Lost;
  readonly following: Following;
}

function useFollowing({
  here: { flowId },
  kept,
  saving: { autosave },
}: Pick<Given, "here" | "kept" | "saving">): Following {
  const client = useQueryClient();
  const store = useFlowStore();
  const [following] = useState(() =>
    createFollowing({
      ...{ autosave, store, kept },
      readFlow: () => client.query({ ...queries.flow(flowId), staleTime: 0 }),
    }),
  );
  return following;
}

/** Who may edit here and now: goes along with others while they do, and comes back with what was left when they are done. */
export function usePen({ here, kept, saving, presence, saidAt }: Given): PenHere {
  const following = useFollowing({ here, kept, saving });
  const { status, revision } = saving;
  const isBehind = (presence?.draftRevision ?? 0) > revision;
  const known = { pen: presence?.pen, status, isBehind };
  const [state, setState] = useState(() => firstPenState(known));
  const next = nextPenState(state, known);
  if (next !== state) setState(next);

  const isTheirs = isHeldElsewhere(presence?.pen);
  const wasRefused = status.kind === "taken";
  const isLookingOn = next.isFollowing || wasRefused;
  const { left, forget } = useGivingUp({ here, kept, following, isTheirs, wasRefused });
  useCatchingUp(following, { revision: isBehind && !wasRefused ? presence?.draftRevision : undefined, saidAt });
  useHolding(isLookingOn);
  useComingBack(isLookingOn, () => {
    following.comeBack();
    forget();
  });
  return { isLookingOn, lost: { pen: next.lostPen, left }, following };
}

interface GivingUp extends Pick<Given, "here" | "kept"> {
  readonly following: Following;
  readonly isTheirs: boolean;
  readonly wasRefused: boolean;
}

const leftIn = (kept: KeptDrafts): Lost["left"] => (kept.hasAside() ? "kept" : null);

/** What became of what was unsaved here, which is seen to as soon as somebody else edits. */
function useGivingUp({ here, kept, following, isTheirs, wasRefused }: GivingUp) {
  const client = useQueryClient();
  const [left, setLeft] = useState(() => leftIn(kept));
  useEffect(() => {
    if (!isTheirs && !wasRefused) return;
    // A refused save is news: first of all, of who edits now.
    const known = wasRefused ? client.refetchQueries({ queryKey: presenceKey(here) }) : Promise.resolve();
    void known.then(following.giveUp).then(
      () => setLeft(leftIn(kept)),
      () => setLeft("notKept"),
    );
  }, [client, following, here, kept, isTheirs, wasRefused]);
  return { left, forget: () => setLeft(null) };
}

/** Before anything of the page can be pressed, and let go before what was left is brought back. */
function useHolding(isLookingOn: boolean): void {
  const store = useFlowStore();
  useLayoutEffect(() => store.hold(isLookingOn), [store, isLookingOn]);
}

interface Behind {
  /** Of what others saved; none: it is here. */
  readonly revision: number | undefined;
  readonly saidAt: number;
}

/** With every word of the server that there is something newer, until it is here. */
function useCatchingUp(following: Following, { revision, saidAt }: Behind): void {
  useEffect(() => {
    if (revision !== undefined) void following.catchUp(revision).catch(() => undefined);
  }, [following, revision, saidAt]);
}

function useComingBack(isLookingOn: boolean, comeBack: () => void): void {
  const wasLookingOn = useRef(isLookingOn);
  useEffect(() => {
    if (wasLookingOn.current && !isLookingOn) comeBack();
    wasLookingOn.current = isLookingOn;
  });
}
