import { z } from "zod";
import { edgeSchema, MAX_NODES, nodeTypeSchema, SCHEMA_VERSION, type Edge, type NodeType } from "./draft-schema.js";
import { nodes } from "./nodes/index.js";
import { idSchema, type NodeId } from "./parts.js";

export * from "./draft-schema.js";
export {
  conditionSchema,
  type Condition,
  type ConditionGroup,
  type ConditionRow,
  type Duration,
  type NodeId,
  type Operator,
} from "./parts.js";

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
