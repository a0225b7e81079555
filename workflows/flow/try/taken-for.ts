import { graphOf } from "../graph.js";
import type { NodeId } from "../parts.js";
import type { FlowNode, PublishedFlow } from "../schema.js";
import { isExample } from "./is-example.js";
import { pathsIn } from "./paths-in.js";
import type { Pins } from "./pin.js";
import type { Tried } from "./try-flow.js";

interface Whole {
  readonly flow: PublishedFlow;
  readonly tried: Pick<Tried, "cameIn">;
  readonly pins: Pins;
}

/** The steps whose made-up answer a step reads, itself or by a value that was set from it. */
export function examplesRead(whole: Whole, nodeId: NodeId): NodeId[] {
  const config = whole.flow.nodes.find(({ id }) => id === nodeId)?.config;
  const examples = pathsRead(whole, nodeId, config).filter((path) => isExample(path, whole.pins));
  return [...new Set(examples.map((path) => path.split(".")[1] ?? ""))];
}

/** The approvals on the way to a step that nobody was asked for, and that nobody pinned. */
export function approvalsTaken({ flow, tried, pins }: Whole, nodeId: NodeId): NodeId[] {
  const before = graphOf(flow).before(nodeId);
  const isTaken = ({ id, type }: FlowNode): boolean =>
    type === "approval" && before.has(id) && id in tried.cameIn && !Object.hasOwn(pins, id);
  return flow.nodes.filter(isTaken).map(({ id }) => id);
}

/** What was there when it was read; a value is what it was set from. */
function pathsRead(whole: Whole, nodeId: NodeId, config: unknown): string[] {
  const cameIn = whole.tried.cameIn[nodeId] ?? {};
  return pathsIn(config)
    .filter((path) => (cameIn[path] ?? null) !== null)
    .flatMap((path) => (path.startsWith("values.") ? setFrom(whole, nodeId, path) : [path]));
}

function setFrom(whole: Whole, nodeId: NodeId, path: string): string[] {
  const { nodes } = whole.flow;
  const before = graphOf(whole.flow).before(nodeId);
  const setters = nodes.flatMap((node) => (node.type === "set" && before.has(node.id) ? [node] : []));
  return setters.flatMap(({ id, config }) => {
    const set = config.values.filter(({ name }) => path === `values.${name}`);
    return pathsRead(whole, id, set);
  });
}
