import { nodes } from "../nodes/index.js";
import type { DraftNode, Edge, NodeType } from "../schema.js";

/** Short forms for flows that are drawn in code. */

export interface Deed {
  readonly action: string;
  /** Null: to be chosen by whoever uses the flow. */
  readonly connectionId: string | null;
  readonly input: Readonly<Record<string, unknown>>;
}

type Config = Readonly<Record<string, unknown>>;

/** A step without a place, its form filled in over the type's defaults. */
export const step = (id: string, type: NodeType, title: string, config: Config): DraftNode => ({
  id,
  type,
  title,
  position: { x: 0, y: 0 },
  config: { ...structuredClone({ ...nodes[type].defaults }), ...config },
});

/** "start > check, check:yes > ticket": an edge each, by output "next" unless one is named. */
export function ways(text: string): Edge[] {
  return text
    .split(",")
    .map((edge) => edge.trim())
    .filter((edge) => edge !== "")
    .map((edge) => {
      const [source = "", to = ""] = edge.split(">").map((part) => part.trim());
      const [from = "", output = "next"] = source.split(":");
      return { from, output, to };
    });
}
