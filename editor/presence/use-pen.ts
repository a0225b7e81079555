import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Presence } from "../../server/presence/presence-api.js";
import { queries } from "../api/queries.js";
import { hasAside, putAside, takeUp } from "../flow/kept-drafts.js";
import { useFlowStore } from "../flow/store-context.js";
import type { Saving } from "../flows/use-autosave.js";
import { createFollowing } from "./following.js";
import type { Following } from "./following.js";
import { isElsewhere } from "./pen-line-of.js";
import type { Lost } from "./pen-line-of.js";
import { firstPenState, nextPenState } from "./pen-state.js";
import { presenceKey } from "./use-presence.js";
import type { Here } from "./use-presence.js";

interface Given {
  readonly here: Here;
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

function useFollowing({ flowId }: Here, { autosave }: Saving): Following {
  const client = useQueryClient();
  const store = useFlowStore();
  const [following] = useState(() =>
    createFollowing({
      ...{ autosave, store },
      readFlow: () => client.query({ ...queries.flow(flowId), staleTime: 0 }),
      putAside: (kept) => putAside(localStorage, flowId, kept),
      takeUp: () => takeUp(localStorage, flowId),
    }),
  );
  return following;
}

/** Who may edit here and now: goes along with others while they do, and comes back with what was left when they are done. */
export function usePen({ here, saving, presence, saidAt }: Given): PenHere {
  const following = useFollowing(here, saving);
  const { status, revision } = saving;
  const isBehind = (presence?.draftRevision ?? 0) > revision;
  const known = { pen: presence?.pen, status, isBehind };
  const [state, setState] = useState(() => firstPenState(known));
  const next = nextPenState(state, known);
  if (next !== state) setState(next);

  const isTheirs = isElsewhere(presence?.pen);
  const wasRefused = status.kind === "taken";
  const kept = useGivingUp({ here, following, isTheirs, wasRefused });
  useCatchingUp(following, { revision: isBehind && !wasRefused ? presence?.draftRevision : undefined, saidAt });
  const isLookingOn = next.isFollowing || wasRefused;
  useComingBack(following, isLookingOn);
  return { isLookingOn, lost: { pen: next.lostPen, kept }, following };
}

interface GivingUp {
  readonly here: Here;
  readonly following: Following;
  readonly isTheirs: boolean;
  readonly wasRefused: boolean;
}

/** Whether something of this page is kept in the browser, which is seen to as soon as somebody else edits. */
function useGivingUp({ here, following, isTheirs, wasRefused }: GivingUp): boolean {
  const client = useQueryClient();
  const [kept, setKept] = useState(() => hasAside(localStorage, here.flowId));
  useEffect(() => {
    if (!isTheirs && !wasRefused) return;
    // A refused save is news: first of all, of who edits now.
    const known = wasRefused ? client.refetchQueries({ queryKey: presenceKey(here) }) : Promise.resolve();
    void known
      .then(following.giveUp)
      // Where the server is away, the page goes on showing what it has.
      .catch(() => undefined)
      .then(() => setKept(hasAside(localStorage, here.flowId)));
  }, [client, following, here, isTheirs, wasRefused]);
  return kept;
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

function useComingBack(following: Following, isLookingOn: boolean): void {
  const wasLookingOn = useRef(isLookingOn);
  useEffect(() => {
    if (wasLookingOn.current && !isLookingOn) following.comeBack();
    wasLookingOn.current = isLookingOn;
  }, [following, isLookingOn]);
}
