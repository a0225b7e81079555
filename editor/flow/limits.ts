import { MAX_NOTES } from "../../workflows/flow/notes.js";
import { MAX_EDGES, MAX_NODES } from "../../workflows/flow/draft-schema.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";

/** Whether the server takes a flow of this size: what grows a flow asks first, since one that is too large is not saved at all. */
export const isWithinLimits = ({ nodes, edges, notes = [] }: FlowDraft): boolean =>
  nodes.length <= MAX_NODES && edges.length <= MAX_EDGES && notes.length <= MAX_NOTES;
