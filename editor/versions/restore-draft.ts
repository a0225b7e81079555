import type { FlowDraft } from "../../workflows/flow/schema.js";

/** What was drawn, in place of what is: ids that were ever given stay taken. */
export function restoreDraft(current: FlowDraft, drawn: FlowDraft): FlowDraft {
  const back = new Set(drawn.nodes.map(({ id }) => id));
  const given = [...drawn.retiredIds, ...current.retiredIds, ...current.nodes.map(({ id }) => id)];
  return { ...drawn, retiredIds: [...new Set(given)].filter((id) => !back.has(id)) };
}
