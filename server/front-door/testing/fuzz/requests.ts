import fc from "fast-check";
import { valueOf, type Resolve, type Schema } from "./schema-values.js";

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly access: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | null;
}

export interface FuzzRequest {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** Undefined: none is sent. */
  readonly body: unknown;
}

export interface Known {
  readonly resolve: Resolve;
  /** Ids of rows that are there, by the name of a path's parameter. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
}

export const requestTo = (operation: Operation, known: Known): fc.Arbitrary<FuzzRequest> => {
  const { method, path, parameters, body } = operation;
  const values = fc.record(Object.fromEntries(parameters.map((one) => [one.name, parameter(one, known)])), {
    requiredKeys: parameters.flatMap((one) => (one.required ? [one.name] : [])),
  });
  const sent =
    body === null ? fc.constant(undefined) : fc.option(valueOf(body, known.resolve), { nil: undefined, freq: 20 });
  return fc.tuple(values, sent).map(([given, content]) => ({
    operation: `${method} ${path}`,
    method,
    path: fill(operation, given),
    body: content,
  }));
};

function parameter({ name, schema }: Parameter, { resolve, ids }: Known): fc.Arbitrary<string> {
  const made = valueOf(schema, resolve).map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  const there = ids[name] ?? [];
  return there.length === 0 ? made : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...there) }, made);
}

function fill({ path, parameters }: Operation, given: Readonly<Record<string, string>>): string {
  // Half a surrogate pair cannot be written in an address.
  const written = (name: string): string => encodeURIComponent(Buffer.from(given[name] ?? "").toString());
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => written(name) || "%20");
  const query = parameters
    .filter((one) => one.in === "query" && one.name in given)
    .map(({ name }) => `${name}=${written(name)}`);
  return query.length > 0 ? `${filled}?${query.join("&")}` : filled;
}
