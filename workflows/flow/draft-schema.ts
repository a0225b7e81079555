import { z } from "zod";
import { commentSchema, groupSchema, MAX_GROUPS, MAX_NOTES, noteSchema } from "./notes.js";
import { idSchema } from "./parts.js";

/** The document that a user draws. One shape, two strictnesses: a draft may be unfinished, a published flow may not (publish.ts). */
export const SCHEMA_VERSION = 1;
export const MAX_NODES = 500;
export const MAX_EDGES = MAX_NODES * 10;
export const MAX_TITLE = 120;

/** In the palette's order. What each is stands in `nodes/`, which knows expressions and texts: lists and pages do without. */
export const nodeTypes = [
  "trigger",
  "condition",
  "switch",
  "split",
  "join",
  "set",
  "action",
  "wait",
  "approval",
  "end",
  "stop",
] as const;
export const nodeTypeSchema = z.enum(nodeTypes);
export type NodeType = z.infer<typeof nodeTypeSchema>;

export const draftNodeSchema = z.object({
  id: idSchema,
  type: nodeTypeSchema,
  title: z.string().max(MAX_TITLE),
  position: z.object({ x: z.number(), y: z.number() }),
  /** Unchecked in a draft; `publish` reads it by the node type's own schema. */
  config: z.record(z.string(), z.unknown()),
  /** Switched off: `publish` leads past it (switched-off.ts). Absent when it is on. */
  disabled: z.literal(true).optional(),
  /** What its authors want to remember of it. */
  comment: commentSchema.optional(),
});
export type DraftNode = z.infer<typeof draftNodeSchema>;

export const edgeSchema = z.object({ from: idSchema, output: idSchema, to: idSchema });
export type Edge = z.infer<typeof edgeSchema>;

/** A flow as drawn: it may be unfinished. */
export const flowDraftSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  /** Ids of deleted nodes, so that none is ever reused. */
  retiredIds: z.array(idSchema),
  nodes: z.array(draftNodeSchema).max(MAX_NODES),
  edges: z.array(edgeSchema).max(MAX_EDGES),
  /** Both absent when there are none, so that a draft without them is what it always was, byte for byte. */
  notes: z.array(noteSchema).max(MAX_NOTES).optional(),
  groups: z.array(groupSchema).max(MAX_GROUPS).optional(),
});
export type FlowDraft = z.infer<typeof flowDraftSchema>;
