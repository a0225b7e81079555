import { Environment, type ObjectSchema } from "@marcbachmann/cel-js";
import type { FieldSpec, FieldType } from "./catalogue.js";
import { patternTest } from "./patterns.js";

export type Env = Environment;

/** Bounds of one condition. `rows` are made by us from at most `rows` rows, so their text may be longer. */
export const cap = {
  text: { typed: 2000, rows: 60_000 },
  nodes: { typed: 300, rows: 6000 },
  depth: { typed: 24, rows: 60 },
  list: 100,
  arguments: 4,
} as const;

const celTypes: Readonly<Record<FieldType, string>> = {
  string: "string",
  number: "double",
  boolean: "bool",
  timestamp: "google.protobuf.Timestamp",
  list: "list<string>",
};

const arithmetic = {
  "+": (left: number, right: number) => left + right,
  "-": (left: number, right: number) => left - right,
  "*": (left: number, right: number) => left * right,
  "/": (left: number, right: number) => left / right,
} as const;

/** All our numbers are doubles, while `6` in CEL is an int: let the two meet. Also `matches` in linear time. */
function baseEnvironment(origin: "typed" | "rows"): Environment {
  const env = new Environment({
    limits: {
      maxAstNodes: cap.nodes[origin],
      maxDepth: cap.depth[origin],
      maxListElements: cap.list,
      maxMapEntries: 0,
      maxCallArguments: cap.arguments,
    },
  });
  // Both directions and `!=` follow from this one.
  env.registerOperator("double == int", (left: number, right: bigint) => left === Number(right));
  env.registerOperator("double in list<int>", (item: number, list: bigint[]) =>
    list.some((one) => Number(one) === item),
  );
  for (const [symbol, apply] of Object.entries(arithmetic)) {
    env.registerOperator(`double ${symbol} int`, (left: number, right: bigint) => apply(left, Number(right)));
    env.registerOperator(`int ${symbol} double`, (left: bigint, right: number) => apply(Number(left), right));
  }
  env.registerFunction("matches(string, string): bool", patternTest, { async: false });
  return env;
}

const bases = { typed: baseEnvironment("typed"), rows: baseEnvironment("rows") };
type Origin = keyof typeof bases;

/** `fields` are declared once per array; what reads none is cheap to ask for. */
export function environmentFor(fields: readonly FieldSpec[], origin: Origin): Environment {
  const before = known[origin].get(fields);
  if (before) return before;
  const made = declare(bases[origin].clone(), schemaOf(fields));
  known[origin].set(fields, made);
  return made;
}

const known: Readonly<Record<Origin, WeakMap<readonly FieldSpec[], Environment>>> = {
  typed: new WeakMap(),
  rows: new WeakMap(),
};

function declare(env: Environment, schema: ObjectSchema): Environment {
  for (const [name, type] of Object.entries(schema)) {
    if (typeof type === "string") env.registerVariable(name, type);
    else env.registerVariable({ name, schema: type });
  }
  return env;
}

function schemaOf(fields: readonly FieldSpec[]): ObjectSchema {
  const schema: ObjectSchema = {};
  for (const { path, type } of fields) {
    const segments = path.split(".");
    const leaf = segments.pop() ?? path;
    let branch = schema;
    for (const segment of segments) {
      const inner = branch[segment];
      const next = typeof inner === "object" ? inner : {};
      branch[segment] = next;
      branch = next;
    }
    branch[leaf] = celTypes[type];
  }
  return schema;
}
