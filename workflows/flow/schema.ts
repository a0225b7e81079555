import { z } from "zod";
import { nodes } from "./nodes/index.js";
import { commentSchema, groupSchema, MAX_GROUPS, MAX_NOTES, noteSchema } from "./notes.js";
import { idSchema, type NodeId } from "./parts.js";

export {
  conditionSchema,
  type Condition,
  type ConditionGroup,
  type ConditionRow,
  type Duration,
  type NodeId,
  type Operator,
} from "./parts.js";

/** The document that a user draws. One shape, two strictnesses: a draft may be unfinished, a published flow may not (publish.ts). */
export const SCHEMA_VERSION = 1;
export const MAX_NODES = 500;

export type NodeType = keyof typeof nodes;
export const nodeTypeSchema = z.enum(Object.keys(nodes) as [NodeType, ...NodeType[]]);
export const nodeTypes: readonly NodeType[] = nodeTypeSchema.options;

export const draftNodeSchema = z.object({
  id: idSchema,
  type: nodeTypeSchema,
  title: z.string().max(120),
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
  edges: z.array(edgeSchema).max(MAX_NODES * 10),
  /** Both absent when there are none, so that a draft without them is what it always was, byte for byte. */
  notes: z.array(noteSchema).max(MAX_NOTES).optional(),
  groups: z.array(groupSchema).max(MAX_GROUPS).optional(),
});
export type FlowDraft = z.infer<typeof flowDraftSchema>;

/** The strict config of each node type; each stands in `nodes/<type>.ts`. */
export type ConfigOf<Type extends NodeType> = z.infer<(typeof nodes)[Type]["config"]>;

/** A node whose config was read by its type's schema. */
export type FlowNode = {
  [Type in NodeType]: {
    readonly id: NodeId;
    readonly type: Type;
    readonly title: string;
    readonly config: ConfigOf<Type>;
  };
}[NodeType];
export type NodeOf<Type extends NodeType> = Extract<FlowNode, { type: Type }>;

/**
 * What runs: complete, acyclic, checked, without canvas data; nodes in topological order (ties by id). Made by `publish` only,
 * stored as JSON with its hash, and read back by `readPublishedFlow`.
 */
export interface PublishedFlow {
  readonly published: true;
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly Edge[];
  /** Hash of each action's input schema at publication, by `name@major`. */
  readonly actionSchemas: Readonly<Record<string, string>>;
}

const publishedNodeSchema = z.object({
  id: idSchema,
  type: nodeTypeSchema,
  title: z.string(),
  config: z.record(z.string(), z.unknown()),
});

const publishedFlowSchema = z.object({
  published: z.literal(true),
  schemaVersion: z.literal(SCHEMA_VERSION),
  nodes: z.array(publishedNodeSchema).max(MAX_NODES),
  edges: z.array(edgeSchema),
  actionSchemas: z.record(z.string(), z.string()),
});

/** Reads a node's config by its type's schema; throws a ZodError naming the field. */
export function readNode({ id, type, title, config }: z.infer<typeof publishedNodeSchema>): FlowNode {
  // The schema looked up by `type` is the one that parsed `config`; the compiler cannot follow that correlation.
  return { id, type, title, config: nodes[type].config.parse(config) } as FlowNode;
}

/** Reads what `publish` made and the database kept; throws a ZodError when it is anything else. */
export function readPublishedFlow(json: unknown): PublishedFlow {
  const flow = publishedFlowSchema.parse(json);
  return { ...flow, nodes: flow.nodes.map(readNode) };
}
