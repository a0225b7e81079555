import { isSameJson } from "./canonical-json.js";
import { groupBy } from "./group-by.js";
import { nodes as kinds } from "./nodes/index.js";
import type { DraftNode, Edge, FlowDraft } from "./schema.js";

export interface FieldChange {
  /** `step`: its title and whatever else it is besides its form. `config`: a field of the form, `input.summary` within an action's. */
  readonly of: "step" | "config";
  readonly field: string;
  /** Undefined where it was not there. */
  readonly before: unknown;
  readonly after: unknown;
}

export type StepChange =
  | { readonly kind: "added" | "removed"; readonly node: DraftNode }
  | {
      readonly kind: "changed";
      readonly node: DraftNode;
      readonly before: DraftNode;
      readonly fields: readonly FieldChange[];
    };

export interface WayChange {
  readonly kind: "added" | "removed";
  readonly edge: Edge;
}

export interface FlowDiff {
  /** Added and changed ones as they stand afterwards, then those that are gone. */
  readonly steps: readonly StepChange[];
  readonly ways: readonly WayChange[];
  /** Names of what else the document holds, such as its notes, that differs. */
  readonly others: readonly string[];
  /** Ids of steps that only stand elsewhere on the canvas. */
  readonly moved: readonly string[];
}

/** What was drawn differently. Steps are told apart by their ids, which are never given again. */
export function diffFlows(before: FlowDraft, after: FlowDraft): FlowDiff {
  const was = new Map(before.nodes.map((node) => [node.id, node]));
  const is = new Set(after.nodes.map(({ id }) => id));
  const kept = after.nodes.flatMap((node) => stepChange(was.get(node.id), node));
  const gone = before.nodes.filter(({ id }) => !is.has(id));
  return {
    steps: [...kept, ...gone.map((node) => ({ kind: "removed", node }) as const)],
    ways: wayChanges(before.edges, after.edges),
    others: othersThatDiffer(before, after),
    moved: after.nodes.filter(({ id, position }) => isElsewhere(was.get(id), position)).map(({ id }) => id),
  };
}

/** Whether a run would notice, or a reader of the flow: positions count for neither. */
export const isUnchanged = ({ steps, ways, others }: FlowDiff): boolean =>
  steps.length + ways.length + others.length === 0;

function stepChange(before: DraftNode | undefined, node: DraftNode): StepChange[] {
  if (!before) return [{ kind: "added", node }];
  const fields = [...fieldChanges("step", besides(before), besides(node)), ...formChanges(before, node)];
  return fields.length === 0 ? [] : [{ kind: "changed", node, before, fields }];
}

type Fields = Readonly<Record<string, unknown>>;

const besides = ({ id: _id, position: _position, config: _config, ...rest }: DraftNode): Fields => rest;

const formChanges = (before: DraftNode, after: DraftNode): FieldChange[] =>
  fieldChanges("config", spread(readConfig(before)), spread(readConfig(after)));

/** As its type reads it, so that a field left out and its usual value are one; as it stands while it is unfinished. */
function readConfig({ type, config }: DraftNode): Fields {
  const read = kinds[type].config.safeParse(config);
  return read.success ? { ...read.data } : config;
}

/** The fields of an action's own form stand beside the step's, as they do in problems. */
function spread({ input, ...config }: Fields): Fields {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return { ...config, input };
  return { ...config, ...Object.fromEntries(Object.entries(input).map(([name, value]) => [`input.${name}`, value])) };
}

function fieldChanges(of: FieldChange["of"], before: Fields, after: Fields): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !isSame(before[name], after[name]))
    .map((field) => ({ of, field, before: before[field], after: after[field] }));
}

const isSame = (one: unknown, other: unknown): boolean => isSameJson(one ?? null, other ?? null);

const wayOf = ({ from, output, to }: Edge): string => `${from} ${output} ${to}`;

function wayChanges(before: readonly Edge[], after: readonly Edge[]): WayChange[] {
  const was = groupBy(before, wayOf);
  const is = groupBy(after, wayOf);
  return [
    ...after.filter((edge) => !was.has(wayOf(edge))).map((edge) => ({ kind: "added", edge }) as const),
    ...before.filter((edge) => !is.has(wayOf(edge))).map((edge) => ({ kind: "removed", edge }) as const),
  ];
}

/** Retired ids are for who gives new ones. */
function othersThatDiffer(before: FlowDraft, after: FlowDraft): string[] {
  const others = ({ schemaVersion: _v, retiredIds: _r, nodes: _n, edges: _e, ...rest }: FlowDraft): Fields => rest;
  return fieldChanges("step", others(before), others(after)).map(({ field }) => field);
}

const isElsewhere = (before: DraftNode | undefined, at: DraftNode["position"]): boolean =>
  before !== undefined && !isSameJson(before.position, at);

/** Of steps that were there before and afterwards: that the ways of a new step are new goes without saying. */
export function waysOfKept({ steps, ways }: FlowDiff): readonly WayChange[] {
  const comeOrGone = new Set(steps.filter(({ kind }) => kind !== "changed").map(({ node }) => node.id));
  return ways.filter(({ edge }) => !comeOrGone.has(edge.from) && !comeOrGone.has(edge.to));
}
