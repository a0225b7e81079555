import type { DraftNode, FlowDraft } from "../../workflows/flow/schema.js";
import { outputsOf } from "./outputs.js";

/** Whether such a step may stand in a line, behind a way out, or by itself: one trigger begins a flow, and in a line a way leads on. */
export function fits(
  step: Pick<DraftNode, "type" | "config">,
  where: "edge" | "output" | "place",
  { nodes }: Pick<FlowDraft, "nodes">,
): boolean {
  if (step.type === "trigger") return where === "place" && nodes.every(({ type }) => type !== "trigger");
  return where !== "edge" || outputsOf(step).length > 0;
}
