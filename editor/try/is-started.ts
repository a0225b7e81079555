import { useFlow } from "../flow/store-context.js";

/** A schedule, somebody or a program starts the flow, and no feedback does. */
export const useIsStarted = (): boolean =>
  useFlow(({ draft }) => draft.nodes.some(({ type, config }) => type === "trigger" && Boolean(config["start"])));
