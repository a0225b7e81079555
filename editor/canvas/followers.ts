import type { FlowDraft } from "../../workflows/flow/schema.js";
import { groupBy } from "../../workflows/flow/group-by.js";

/** The step and everything that a way leads to from it, in the document's order. */
export function followersOf({ nodes, edges }: Pick<FlowDraft, "nodes" | "edges">, id: string): readonly string[] {
  const outOf = groupBy(edges, ({ from }) => from);
  const found = new Set([id]);
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { to } of outOf.get(next) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return nodes.map((node) => node.id).filter((one) => found.has(one));
}
