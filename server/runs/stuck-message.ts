import type { Fact } from "../../workflows/flow/facts.js";

/** Why a step of these facts could not be evaluated or rendered. */
export function stuckMessage(facts: readonly Fact[]): string | null {
  const message = facts.findLast(({ kind }) => kind === "stuck")?.sealed?.["message"];
  return typeof message === "string" ? message : null;
}
