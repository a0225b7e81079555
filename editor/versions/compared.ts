import { diffFlows } from "../../workflows/flow/diff.js";
import type { FlowDiff } from "../../workflows/flow/diff.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { edgeId } from "../canvas/projection.js";

export type Change = "added" | "removed" | "changed";

export interface Compared {
  readonly before: FlowDraft;
  readonly after: FlowDraft;
  readonly diff: FlowDiff;
  /** The flow as it is afterwards, with what is gone in its old place. */
  readonly both: Pick<FlowDraft, "nodes" | "edges">;
  /** By the step's id. */
  readonly steps: ReadonlyMap<string, Change>;
  /** By the way's id on the canvas. */
  readonly ways: ReadonlyMap<string, Change>;
}

/** Two drawn flows in one picture. */
export function compare(before: FlowDraft, after: FlowDraft): Compared {
  const diff = diffFlows(before, after);
  const gone = diff.steps.filter(({ kind }) => kind === "removed").map(({ node }) => node);
  const goneWays = diff.ways.filter(({ kind }) => kind === "removed").map(({ edge }) => edge);
  return {
    before,
    after,
    diff,
    both: { nodes: [...after.nodes, ...gone], edges: [...after.edges, ...goneWays] },
    steps: new Map(diff.steps.map(({ kind, node }) => [node.id, kind])),
    ways: new Map(diff.ways.map(({ kind, edge }) => [edgeId(edge), kind])),
  };
}
