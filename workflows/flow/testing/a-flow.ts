import { ways } from "../drawing/steps.js";
import type { FlowKey } from "../flow-key.js";
import { publish, type Problem } from "../publish.js";
import type { Catalogue } from "../catalogue.js";
import { nodes } from "../nodes/index.js";
import { SCHEMA_VERSION, type DraftNode, type FlowDraft, type NodeType, type PublishedFlow } from "../schema.js";
import { aCatalogue, connections, sourceIds } from "./a-catalogue.js";

export { ways } from "../drawing/steps.js";

const configs: Readonly<Record<NodeType, Record<string, unknown>>> = {
  trigger: {},
  condition: { when: { match: "all", rows: [{ field: "feedback.score", operator: "atMost", value: 6 }] } },
  switch: { cases: [{ output: "case1", title: "Case 1", when: { cel: "true" } }] },
  split: {},
  join: {},
  set: { values: [{ name: "greeting", template: "Hello" }] },
  action: { action: "slack.postMessage@1", connectionId: connections.slack, input: { channel: "#cx", text: "Hello" } },
  wait: {},
  approval: { connectionId: connections.slack, channel: "#cx", title: "Call?", text: "A customer is unhappy." },
  end: {},
  stop: {},
};

/** A complete node of this type, with what the test says differently. */
export const aNode = (type: NodeType, id: string, config: Readonly<Record<string, unknown>> = {}): DraftNode => ({
  id,
  type,
  title: id,
  position: { x: 0, y: 0 },
  config: { ...nodes[type].defaults, ...configs[type], ...config },
});

/** A draft with a trigger `start`. */
export const aDraft = (drawn: readonly DraftNode[], edges: string): FlowDraft => ({
  schemaVersion: SCHEMA_VERSION,
  retiredIds: [],
  nodes: [aNode("trigger", "start"), ...drawn],
  edges: ways(edges),
});

export const surroundings = (catalogue: Catalogue = aCatalogue()) => ({
  catalogue,
  connectionIds: Object.values(connections),
  sourceIds,
});

export const problemsOf = (draft: FlowDraft, catalogue?: Catalogue): readonly Problem[] => {
  const published = publish(draft, surroundings(catalogue));
  return published.ok ? [] : published.problems;
};

/** Published as users' flows are; throws with the problems when it cannot be. */
export function published(draft: FlowDraft, catalogue?: Catalogue): PublishedFlow {
  const result = publish(draft, surroundings(catalogue));
  if (result.ok) return result.flow;
  throw new Error(result.problems.map(({ nodeId, field, message }) => `${nodeId} ${field}: ${message}`).join("\n"));
}

export const aFlow = (drawn: readonly DraftNode[], edges: string, catalogue?: Catalogue): PublishedFlow =>
  published(aDraft(drawn, edges), catalogue);

/** A flow whose runs go one at a time. */
export function aFlowWithKey(key: FlowKey, drawn: readonly DraftNode[], edges: string): PublishedFlow {
  const { nodes: all, ...draft } = aDraft(drawn, edges);
  return published({
    ...draft,
    nodes: all.map((one) => (one.type === "trigger" ? aNode("trigger", one.id, { key }) : one)),
  });
}
