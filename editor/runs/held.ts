import type { RunDetail, RunSummary, StepView } from "../../server/runs/run-api.js";

type Held = RunSummary["heldBy"][number];

/** The connection that a step under way waits for; undefined where nothing keeps it. */
export const heldOf = ({ heldBy }: Pick<RunDetail, "heldBy">, { nodeId, state }: StepView): Held | undefined =>
  state === "running" ? heldBy.find((held) => held.nodeId === nodeId) : undefined;
