import type { z } from "zod";
import type { Catalogue, FieldSpec, Zones } from "./catalogue.js";
import type { ApprovalRequest, PlannedEffect } from "./evaluation.js";
import type { NewFact } from "./facts.js";
import type { Condition, NodeId } from "./parts.js";

/** What an output is called in facts and edges; `title` only where the author named it (others are worded by `sentences/`). */
export interface Output {
  readonly name: string;
  readonly title: string | null;
  /** Without an edge here the node would be pointless; other outputs left open simply end that way. */
  readonly required: boolean;
}

export const output = (name: string, required = false, title: string | null = null): Output => ({
  name,
  title,
  required,
});

/** A field that the node adds for later nodes; `output` names the only way on which it exists. */
export interface ProducedField {
  readonly output: string;
  readonly field: FieldSpec;
}

export interface TemplateUse {
  /** Path within the config, for problems: `input.summary`. */
  readonly field: string;
  readonly template: string;
}

export interface ConfigProblem {
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface PublishWorld {
  readonly catalogue: Catalogue;
  readonly connectionIds: ReadonlySet<string>;
  readonly sourceIds: ReadonlySet<string>;
  /** Whoever publishes sees these sources only: a flow of theirs does not listen to all. */
  readonly onlyThese?: boolean;
}

/** What a node's evaluation may use. `test` and `render` throw an `EvaluationError`, which makes the step stuck. */
export interface NodeWorld {
  readonly nodeId: NodeId;
  readonly slot: string;
  readonly iteration: number;
  readonly now: Date;
  readonly zones: Zones;
  readonly catalogue: Catalogue;
  readonly runUrl: string;
  readonly test: (condition: Condition, field: string) => boolean;
  /** What an employee said, and who they are, is held back. */
  readonly render: (template: string, field: string) => string;
  /** As `render`; addresses and numbers that somebody typed into a text are masked, but for those that the template asks for by name. */
  readonly renderMasked: (template: string, field: string) => string;
  /** For a step that says that it shows personal data: nothing is held back but who reviewed a colleague. */
  readonly renderShown: (template: string, field: string) => string;
  /** In [0, 1), the same for every evaluation of this node in this run. */
  readonly chance: () => number;
  readonly newId: () => string;
  /** The request that a person changed before retrying; null otherwise. */
  readonly replacedInput: Readonly<Record<string, unknown>> | null;
  /** Of an approval that was already asked; null otherwise. */
  readonly approval: AskedApproval | null;
}

export interface AskedApproval {
  readonly approvalId: string;
  readonly expiresAt: string;
  readonly title: string;
  readonly text: string;
  readonly card: Readonly<Record<string, unknown>> | null;
  readonly decision: {
    readonly output: string;
    readonly by: string | null;
    readonly at: string;
    readonly reason: string | null;
  } | null;
}

export interface NodeEvaluation {
  readonly facts: readonly NewFact[];
  readonly effects?: readonly PlannedEffect[];
  readonly approval?: ApprovalRequest;
}

export interface NodeDefinition<Config> {
  /** Where the palette keeps it. */
  readonly group: "when" | "if" | "do" | "people" | "end";
  /** A new node's config; it may be unfinished. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Total on any draft: an unfinished config has outputs too. */
  readonly outputs: (config: unknown) => readonly Output[];
  /** Settles as soon as it is ready, by output "next", without a fact. */
  readonly passes?: true;
  /** It decides its way out itself, by a fact `chose`: a look at what comes behind it gives that fact in its place. */
  readonly chooses?: true;
  /** The slot evaluated first; "main" when absent. */
  readonly slot?: string;
  /** Whether it goes on with the first way that arrives instead of waiting for all. */
  readonly joinsFirst?: (config: Config) => boolean;
  /** `branch` ends its way with an outcome, `run` also everything else. */
  readonly ends?: { readonly what: "branch" | "run"; readonly outcome: (config: Config) => string };
  readonly produces?: (config: Config, node: { id: NodeId; catalogue: Catalogue }) => readonly ProducedField[];
  /** Fields that are certainly there on the way out by `output`. */
  readonly proves?: (config: Config, output: string) => readonly string[];
  readonly conditions?: (config: Config) => readonly { field: string; condition: Condition }[];
  readonly templates?: (config: Config, catalogue: Catalogue) => readonly TemplateUse[];
  readonly check?: (config: Config, world: PublishWorld) => readonly ConfigProblem[];
  readonly evaluate?: (config: Config, world: NodeWorld) => NodeEvaluation;
}

/** A definition with its config type closed over: callers hand in configs that its schema has read. */
export interface NodeKind<Schema extends z.ZodType = z.ZodType> extends NodeDefinition<unknown> {
  readonly config: Schema;
}

/** A node type is a value: its schema and what the language must know of it. One file in `nodes/`, one line in its index. */
export function defineNode<Schema extends z.ZodType>(
  config: Schema,
  definition: NodeDefinition<z.infer<Schema>>,
): NodeKind<Schema> {
  // Only configs read by `config` reach these functions (readNode, publish); one cast here spares one parse per evaluation.
  return { ...(definition as NodeDefinition<unknown>), config };
}

export class EvaluationError extends Error {
  readonly code: string;
  readonly field: string | null;
  /** What it is about, where that is something that is read: `contact.email`. */
  readonly path: string | null;
  constructor(code: string, field: string | null, message: string, path: string | null = null) {
    super(message);
    this.name = "EvaluationError";
    this.code = code;
    this.field = field;
    this.path = path;
  }
}
