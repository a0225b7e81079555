import type { FieldSpec, FieldType } from "./catalogue.js";

/** Longer values cannot be judged: a bound on the work of one evaluation. */
export const MAX_STRING = 100_000;
export const MAX_LIST = 300;

type Tree = Record<string, unknown>;

export type Values =
  | { readonly ok: true; readonly tree: Tree; readonly missing: readonly string[] }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly field: string };

/**
 * The values of these fields, typed, and nothing else of the context. Null and undefined are "missing" and left out (an
 * expression engine would take null for 0); the objects around a field are always there.
 */
export function valuesFor(fields: readonly FieldSpec[], context: Readonly<Record<string, unknown>>): Values {
  const tree: Tree = {};
  const missing: string[] = [];
  for (const { path, type } of fields) {
    const branch = branchFor(tree, path);
    const raw = readPath(context, path);
    if (raw === null || raw === undefined) {
      missing.push(path);
      continue;
    }
    const read = readers[type](raw);
    if (read === undefined) return wrongType(path, type);
    if (tooLarge(read))
      return { ok: false, code: "too_long", message: `${path} is too long to be judged.`, field: path };
    branch.parent[branch.leaf] = read;
  }
  return { ok: true, tree, missing };
}

/** Own properties only, so that `constructor` and friends are never found. */
export function readPath(context: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = context;
  for (const segment of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = Reflect.get(value, segment);
  }
  return value;
}

function branchFor(tree: Tree, path: string): { parent: Tree; leaf: string } {
  const segments = path.split(".");
  const leaf = segments.pop() ?? path;
  let parent = tree;
  for (const segment of segments) {
    const inner = parent[segment];
    // Only this function puts objects into the tree, and a field is never inside another field.
    const next = typeof inner === "object" && inner !== null ? (inner as Tree) : {};
    parent[segment] = next;
    parent = next;
  }
  return { parent, leaf };
}

const readers: Readonly<Record<FieldType, (raw: unknown) => unknown>> = {
  string: (raw) => (typeof raw === "string" ? raw : undefined),
  number: (raw) => (typeof raw === "number" && Number.isFinite(raw) ? raw : undefined),
  boolean: (raw) => (typeof raw === "boolean" ? raw : undefined),
  timestamp: readTime,
  list: (raw) => (Array.isArray(raw) ? raw.map(String) : undefined),
};

function readTime(raw: unknown): Date | undefined {
  const time = raw instanceof Date ? raw : new Date(typeof raw === "string" ? raw : Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function tooLarge(value: unknown): boolean {
  if (typeof value === "string") return value.length > MAX_STRING;
  return Array.isArray(value) && (value.length > MAX_LIST || value.some(tooLarge));
}

const wrongType = (path: string, type: FieldType): Values => ({
  ok: false,
  code: "wrong_type",
  message: `${path} should be a ${type}, and is not.`,
  field: path,
});
