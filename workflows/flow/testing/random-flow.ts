import fc from "fast-check";
import { nodes } from "../nodes/index.js";
import type { DraftNode, Edge, NodeType, PublishedFlow } from "../schema.js";
import { aDraft, aNode, published } from "./a-flow.js";

/** Random flows that can be published: ways lead forward only, needed ones are drawn, and every node is reached. */

const middle: readonly NodeType[] = ["condition", "switch", "split", "join", "set", "action", "wait", "approval"];
const ends: readonly NodeType[] = ["end", "stop"];

interface Seed {
  readonly types: readonly NodeType[];
  /** Endless enough: read round and round. */
  readonly choices: readonly number[];
}

const seeds = (types: readonly NodeType[]): fc.Arbitrary<Seed> =>
  fc.record({
    types: fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 12 }),
    choices: fc.array(fc.nat(1_000_000), { minLength: 20, maxLength: 60 }),
  });

export const randomFlow = ({ stops = true }: { readonly stops?: boolean } = {}): fc.Arbitrary<PublishedFlow> =>
  seeds([...middle, ...(stops ? ends : ["end" as const])]).map(build);

function build({ types, choices }: Seed): PublishedFlow {
  let read = 0;
  const next = (limit: number): number => (choices[read++ % choices.length] ?? 0) % limit;
  const drawn = [...types.map((type, index) => someNode(type, index, next)), aNode("end", "last")];
  const start = aNode("trigger", "start");
  const all = [start, ...drawn];
  const edges = [...all.flatMap((node, index) => waysFrom(node, all.slice(index + 1), next))];
  for (const [index, node] of all.entries()) {
    if (index === 0 || edges.some(({ to }) => to === node.id)) continue;
    const sources = all.slice(0, index).filter(({ type }) => !nodes[type].ends);
    const source = sources[next(sources.length)] ?? start;
    const outputs = outputsOf(source);
    edges.push({ from: source.id, output: outputs[next(outputs.length)] ?? "next", to: node.id });
  }
  return published({ ...aDraft(drawn, ""), edges });
}

type Next = (limit: number) => number;

const outputsOf = ({ type, config }: DraftNode): string[] => nodes[type].outputs(config).map(({ name }) => name);

function someNode(type: NodeType, index: number, next: Next): DraftNode {
  const outcome = { outcome: `outcome ${index}` };
  const configs: Partial<Record<NodeType, Record<string, unknown>>> = {
    condition: { when: { cel: next(2) === 0 ? "true" : "false" } },
    // A third of them cannot be judged in the test's world.
    switch: { cases: [{ output: "one", title: "One", when: { cel: ["true", "false", "1 / 0 == 1"][next(3)] } }] },
    join: { mode: next(2) === 0 ? "all" : "first" },
    set: { values: [{ name: `value${index}`, template: "{{ feedback.id }}" }] },
    end: outcome,
    stop: outcome,
  };
  return aNode(type, `n${index}`, configs[type]);
}

/** Needed ways lead somewhere; others do three times in four. */
function waysFrom(node: DraftNode, later: readonly DraftNode[], next: Next): Edge[] {
  const outputs = nodes[node.type].outputs(node.config);
  return outputs.flatMap(({ name, required }, index) => {
    const count = required || index === 0 ? 1 + next(2) : next(4) > 0 ? 1 : 0;
    const targets = Array.from({ length: count }, () => later[next(later.length)]?.id ?? "last");
    return [...new Set(targets)].map((to) => ({ from: node.id, output: name, to }));
  });
}

/** A merge of the lists that keeps each list's own order. */
export function interleaved<Item>(lists: readonly (readonly Item[])[], picks: readonly number[]): Item[] {
  const left = lists.map((list) => [...list]).filter((list) => list.length > 0);
  const merged: Item[] = [];
  for (let turn = 0; left.length > 0; turn += 1) {
    const index = (picks[turn % picks.length] ?? 0) % left.length;
    const list = left[index];
    const item = list?.shift();
    if (item !== undefined) merged.push(item);
    if (list?.length === 0) left.splice(index, 1);
  }
  return merged;
}

export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}
