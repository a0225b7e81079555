import type { Catalogue, FieldType } from "../catalogue.js";
import type { Duration, Operator } from "../parts.js";
import type { ConfigOf, NodeType } from "../schema.js";
import type { Start } from "../start.js";

/** Names that only the shell knows; what it does not know is shown by its id. */
export interface Names {
  readonly source?: (id: string) => string | undefined;
  readonly connection?: (id: string) => string | undefined;
  /** Titles of fields and actions in the reader's language, where the workspace gives them. */
  readonly field?: (path: string) => string | undefined;
  readonly action?: Catalogue["action"];
}

/** What a sentence is made with: everything already worded in its language. */
export interface Say {
  readonly source: (id: string) => string;
  readonly condition: (condition: ConfigOf<"condition">["when"]) => string;
  readonly action: (config: ConfigOf<"action">) => string;
  readonly template: (text: string) => string;
  readonly duration: (duration: Duration) => string;
  readonly list: (items: readonly string[], word: "and" | "or") => string;
}

/** One language. A new node type asks for its entries here, in every language, or does not compile. */
export interface Words {
  readonly locale: string;
  readonly and: string;
  readonly or: string;
  readonly nodeTitles: Readonly<Record<NodeType, string>>;
  /** Of a trigger that does not wait for feedback. */
  readonly startTitles: Readonly<Record<Start["kind"], string>>;
  /** A node whose form is not filled in yet. */
  readonly unfinished: Readonly<Record<NodeType, string>>;
  readonly sentences: { readonly [Type in NodeType]: (config: ConfigOf<Type>, say: Say) => string };
  /** Of outputs that the author did not name. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly operators: Readonly<Record<Operator, (field: string, value: string) => string>>;
  /** Where a type words an operator in its own way: a date is "before", not "below". */
  readonly typedOperators: Readonly<
    Partial<Record<FieldType, Partial<Record<Operator, (field: string, value: string) => string>>>>
  >;
  readonly values: Readonly<Record<string, string>>;
  readonly yes: string;
  readonly no: string;
  readonly duration: (duration: Duration) => string;
  readonly days: readonly [string, string, string, string, string, string, string];
  readonly quote: (text: string) => string;
  readonly expression: (cel: string) => string;
  readonly missing: string;
}
