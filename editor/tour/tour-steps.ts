import type { ApprovalView } from "../../server/approvals/approval-api.js";
import type { FlowSummary } from "../../server/flows/flow-api.js";
import type { TourProgress } from "./tour-store.js";

export const tourSteps = ["run", "approve", "line", "sample", "publish"] as const;
export type TourStep = (typeof tourSteps)[number];

interface Seen {
  readonly progress: TourProgress;
  readonly approvals: readonly Pick<ApprovalView, "state">[];
  readonly flows: readonly Pick<FlowSummary, "id" | "version" | "runs">[];
}

/** Which steps are done: by what was done, wherever it was done. */
export function doneSteps({ progress: { reached, drawnId }, approvals, flows }: Seen): ReadonlySet<TourStep> {
  const own = flows.find(({ id }) => id === drawnId);
  const hasRun = own !== undefined && own.version !== null && Object.values(own.runs).some((count) => count > 0);
  const done: Readonly<Record<TourStep, boolean>> = {
    run: reached.includes("run"),
    approve: approvals.some(({ state }) => state === "approved" || state === "rejected"),
    line: drawnId !== null,
    sample: reached.includes("sample"),
    publish: hasRun,
  };
  return new Set(tourSteps.filter((step) => done[step]));
}
