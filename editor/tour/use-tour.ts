import { useQuery } from "@tanstack/react-query";
import { useMatchRoute } from "@tanstack/react-router";
import { useEffect, useSyncExternalStore } from "react";
import type { Me } from "../../server/members/member-api.js";
import { queries } from "../api/queries.js";
import { doneSteps, type TourStep } from "./tour-steps.js";
import { tourOf, type TourStore } from "./tour-store.js";

export interface Tour {
  readonly store: TourStore;
  readonly done: ReadonlySet<TourStep>;
  readonly drawnId: string | null;
}

/** Null where there is none: it shows the sandbox, to whom it may show it, until they have had enough. */
export function useTour(me: Me): Tour | null {
  const store = tourOf(me.member.id);
  const progress = useSyncExternalStore(store.subscribe, store.read);
  const isShown = me.sandbox && !progress.isDismissed && needed.every((one) => me.permissions.includes(one));
  const flows = useQuery({ ...queries.flows(), enabled: isShown }).data?.items;
  const approvals = useQuery({ ...queries.approvals(undefined), enabled: isShown }).data?.items;
  if (!isShown || !flows || !approvals) return null;
  // One that was deleted leads nowhere.
  const drawnId = flows.find(({ id }) => id === progress.drawnId)?.id ?? null;
  return { store, done: doneSteps({ progress, flows, approvals }), drawnId };
}

const needed = ["flows:publish", "sources:manage"] as const;

/** Notes that a run was looked at. */
export function useTourMarks(me: Me): void {
  const isRun = useMatchRoute()({ to: "/runs/$id" }) !== false;
  useEffect(() => {
    if (me.sandbox && isRun) tourOf(me.member.id).reach("run");
  }, [me.sandbox, me.member.id, isRun]);
}
