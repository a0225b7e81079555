import type { PastEventsOf } from "../../server/tries/try-api.js";
import { asRecord } from "../ui/read.js";
import { useFlow } from "../flow/store-context.js";

/** A schedule, somebody or a program starts the flow, and no feedback does. */
export const useIsStarted = (): boolean =>
  useFlow(({ draft }) => draft.nodes.some(({ type, config }) => type === "trigger" && Boolean(config["start"])));

export const usePastKind = (): PastEventsOf => (useIsStarted() ? "starts" : "feedback");

/** A clock asks for nothing to be filled in, so that it may be taken to start the flow now. */
export const useIsScheduled = (): boolean =>
  useFlow(({ draft }) =>
    draft.nodes.some(({ type, config }) => type === "trigger" && asRecord(config["start"])["kind"] === "schedule"),
  );
