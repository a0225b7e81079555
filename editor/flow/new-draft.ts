import { emptyDraft, newNode } from "../../workflows/flow/draft.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";

/** Every flow begins with feedback, so a new one has its trigger already. */
export const newDraft = (): FlowDraft => ({
  ...emptyDraft(),
  nodes: [newNode("trigger", { id: "feedback", title: "", x: 0, y: 0 })],
});
