import type { Catalogue, FieldSpec } from "./catalogue.js";
import { ANY, certainWays, way, type Drawn, type ReadNode, type Way } from "./certain-ways.js";
import { runFields } from "./fields.js";
import type { ProducedField } from "./node-type.js";
import { nodes } from "./nodes/index.js";
import { triggerConfigSchema } from "./nodes/trigger.js";
import type { NodeId } from "./parts.js";
import { givenWithout } from "./start.js";

export type { Drawn } from "./certain-ways.js";

type FieldsOf = (id: NodeId) => readonly FieldSpec[];

const analyses = new WeakMap<object, WeakMap<Catalogue, FieldsOf>>();

/**
 * What a node may read. A field is certain where every way to the node produces it; where only some do it is optional, and asks
 * for a default. The same arguments give the same array, which is what conditions are compiled for.
 */
export function fieldsAt(flow: Drawn, nodeId: NodeId, catalogue: Catalogue): readonly FieldSpec[] {
  const byCatalogue = analyses.get(flow) ?? new WeakMap<Catalogue, FieldsOf>();
  analyses.set(flow, byCatalogue);
  const known = byCatalogue.get(catalogue) ?? analyse(flow, catalogue);
  byCatalogue.set(catalogue, known);
  return known(nodeId);
}

function analyse(flow: Drawn, catalogue: Catalogue): FieldsOf {
  const { graph, before } = certainWays(flow);
  const given = [...givenTo(flow, catalogue), ...runFields];
  const gifts = new Map(flow.nodes.map(({ id }): [NodeId, Gifts] => [id, giftsOf(graph.node(id), catalogue)]));
  const found = new Map<NodeId, readonly FieldSpec[]>();
  const compute: FieldsOf = (id) => {
    const ways = before(id);
    const steps = [...graph.before(id)].toSorted().flatMap((step) => gifts.get(step) ?? []);
    const proved = new Set(
      steps.flatMap(({ proves }) => proves.flatMap(([one, paths]) => (ways.has(one) ? paths : []))),
    );
    const known = given.map((field) => (proved.has(field.path) ? { ...field, optional: false } : field));
    return [...known, ...merged(steps.flatMap(({ fields }) => fields.map((gift) => received(gift, ways))))];
  };
  return (id) => {
    const known = found.get(id) ?? compute(id);
    found.set(id, known);
    return known;
  };
}

/** A flow that no feedback starts knows none. */
function givenTo({ nodes: drawn }: Drawn, { fields }: Catalogue): readonly FieldSpec[] {
  const trigger = drawn.find(({ type }) => type === "trigger");
  const start = triggerConfigSchema.safeParse(trigger?.config).data?.start;
  return start ? givenWithout(start, fields) : fields;
}

/** What a node gives to those after it, read once however many of those there are. */
interface Gifts {
  readonly fields: readonly Gift[];
  readonly proves: readonly (readonly [Way, readonly string[]])[];
}

interface Gift {
  /** The field where nothing is known of the way that was taken. */
  readonly unsure: FieldSpec;
  readonly onWays: readonly (readonly [Way, FieldSpec])[];
  /** Every way out gives it, so it is certain once the node was passed. */
  readonly always: Way | null;
  readonly certain: FieldSpec;
}

function giftsOf(node: ReadNode | undefined, catalogue: Catalogue): Gifts {
  if (node?.config === undefined) return { fields: [], proves: [] };
  const { id, type, config, outputs } = node;
  const byPath = new Map<string, ProducedField[]>();
  for (const produced of nodes[type].produces?.(config, { id, catalogue }) ?? []) {
    const { path } = produced.field;
    byPath.set(path, [...(byPath.get(path) ?? []), produced]);
  }
  return {
    fields: [...byPath.values()].flatMap((same) => giftOf(node, same)),
    proves: outputs.map((name) => [way(id, name), nodes[type].proves?.(config, name) ?? []] as const),
  };
}

function giftOf({ id, outputs }: ReadNode, same: readonly ProducedField[]): Gift[] {
  const [any] = same;
  if (!any) return [];
  const everywhere = outputs.every((name) => same.some(({ output }) => output === name));
  const everySure = same.every(({ field }) => !field.optional);
  return [
    {
      unsure: { ...any.field, optional: true },
      certain: any.field,
      onWays: same.map(({ output, field }) => [way(id, output), field] as const),
      always: everywhere && everySure ? way(id, ANY) : null,
    },
  ];
}

function received({ unsure, certain, onWays, always }: Gift, ways: ReadonlySet<Way>): FieldSpec {
  const taken = onWays.find(([one]) => ways.has(one));
  if (taken) return taken[1];
  return always !== null && ways.has(always) ? certain : unsure;
}

/** Two nodes may set one value; it is certain if one of them certainly did. */
function merged(fields: readonly FieldSpec[]): FieldSpec[] {
  const byPath = new Map<string, FieldSpec>();
  for (const field of fields) {
    const other = byPath.get(field.path);
    byPath.set(field.path, other && !other.optional ? other : field);
  }
  return [...byPath.values()];
}
