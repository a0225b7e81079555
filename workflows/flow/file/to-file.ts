import { groupBy } from "../group-by.js";
import { topologicalOrder } from "../graph.js";
import type { DraftNode, Edge, FlowDraft } from "../schema.js";
import { besidesOfDraft, besidesOfStep, FILE_SCHEMA } from "./flow-file.js";

/** Names of what this installation has; undefined for what it has not, or does not tell. */
export interface NamesOf {
  readonly connection: (id: string) => string | undefined;
  readonly source: (id: string) => string | undefined;
}

/** In the place of an id that has no name: nothing is called that, so whoever imports it chooses. */
export const NAMELESS = "?";

type Written = Readonly<Record<string, unknown>>;

/** A draft as a file says it, its keys in the order in which they are read. */
export function toFile(name: string, draft: FlowDraft, names: NamesOf): Written {
  const outOf = groupBy(draft.edges, ({ from }) => from);
  const steps = inOrder(draft).map((node) => [node.id, toStep(node, outOf.get(node.id) ?? [], names)] as const);
  return {
    schema: FILE_SCHEMA,
    flow: name,
    steps: Object.fromEntries(steps),
    ...picked(draft, besidesOfDraft),
    ...(draft.retiredIds.length > 0 && { retired: draft.retiredIds }),
  };
}

/** As they run; what is on a cycle has no place in that, and comes last. */
function inOrder(draft: FlowDraft): DraftNode[] {
  const place = new Map(topologicalOrder(draft).map((id, index) => [id, index]));
  const at = ({ id }: DraftNode): number => place.get(id) ?? Infinity;
  return draft.nodes.toSorted((left, right) => at(left) - at(right) || (left.id < right.id ? -1 : 1));
}

function toStep(node: DraftNode, edges: readonly Edge[], names: NamesOf): Written {
  const ways = groupBy(
    edges,
    ({ output }) => output,
    ({ to }) => to,
  );
  const { next, ...on } = Object.fromEntries([...ways].toSorted(([left], [right]) => (left < right ? -1 : 1)));
  return {
    type: node.type,
    ...(node.title !== "" && { title: node.title }),
    at: [node.position.x, node.position.y],
    ...picked(node, besidesOfStep),
    config: named(sortedKeys(node.config), names),
    ...(next && { next }),
    ...(Object.keys(on).length > 0 && { on }),
  };
}

function picked(from: object, keys: readonly string[]): Written {
  return Object.fromEntries(Object.entries(from).filter(([key, value]) => keys.includes(key) && value !== undefined));
}

/** One order for one document, whatever stored it. */
function sortedKeys(value: Written): Written;
function sortedKeys(value: unknown): unknown;
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => sortedKeys(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([key, inner]) => [key, sortedKeys(inner)]),
  );
}

/** `connectionId` becomes `connection`, `sources` hold names. */
function named({ action, connectionId, sources, ...config }: Written, names: NamesOf): Written {
  return {
    ...(action !== undefined && { action }),
    ...(connectionId !== undefined && { connection: nameOf(connectionId, names.connection) }),
    ...(sources !== undefined && {
      sources: Array.isArray(sources) ? sources.map((id: unknown) => nameOf(id, names.source)) : sources,
    }),
    ...config,
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

/** What is no id was never resolved: it is the name that it was imported by. */
function nameOf(id: unknown, name: (id: string) => string | undefined): unknown {
  if (typeof id !== "string" || id === "") return id;
  return name(id) ?? (UUID.test(id) ? NAMELESS : id);
}
