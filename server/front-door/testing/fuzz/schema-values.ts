import fc from "fast-check";

/** The part of JSON Schema that our OpenAPI document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

export type Resolve = (ref: string) => Schema;

const DEEPEST = 6;

/** What nobody sends by mistake, and what somebody does: texts that a database, a parser or a page could stumble over. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      "",
      " ",
      "\u0000",
      "a\u0000b",
      "\ud800",
      "\udfff\ud83d",
      "😀",
      "\u202e",
      "__proto__",
      "constructor",
    ],
    ...["null", "undefined", "NaN", "-1", "0x1f", "1e999", "'", '"', "%", "%00", "%s", "../..", "{{ x }}", "$1", "\\"],
    ...[0, -0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324, [], {}, [[]], [null], { a: {} }],
    "x".repeat(20_000),
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);

/** Mostly what the schema asks for, so that it gets past the first check; now and then anything, anywhere in it. */
export const valueOf = (schema: Schema, resolve: Resolve, depth = 0): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: fitting(schema, resolve, depth) }, { weight: 1, arbitrary: junk });

function fitting(schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<unknown> {
  const inner = (one: Schema): fc.Arbitrary<unknown> => valueOf(one, resolve, depth + 1);
  if (depth > DEEPEST) return fc.constant(null);
  if (schema.$ref !== undefined) return fitting(resolve(schema.$ref), resolve, depth + 1);
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(inner));
  if (schema.allOf) return fc.tuple(...schema.allOf.map(inner)).map((parts) => Object.assign({}, ...parts) as unknown);
  return ofType(schema, inner);
}

function ofType(schema: Schema, inner: (one: Schema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { type } = schema;
  const types: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
    string: () => text(schema),
    integer: () =>
      fc.integer({
        min: Math.max(schema.minimum ?? -1_000, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 1_000, 2 ** 31 - 1),
      }),
    number: () => fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true }),
    boolean: () => fc.boolean(),
    null: () => fc.constant(null),
    array: () => fc.array(inner(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 4, 4) }),
    object: () => object(schema, inner),
  };
  const known = [type].flat().flatMap((name) => (name !== undefined && name in types ? [types[name]!()] : []));
  return known.length > 0 ? fc.oneof(...known) : junk;
}

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid(),
  email: fc.emailAddress(),
  uri: fc.webUrl(),
  "date-time": fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((date) => date.toISOString()),
};

function text({ format = "", minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  const longest = Math.max(minLength, Math.min(maxLength, 60));
  return formats[format] ?? fc.string({ unit: "grapheme", minLength, maxLength: longest });
}

function object(schema: Schema, inner: (one: Schema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties = false } = schema;
  const fields = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, inner(one)]));
  const known = fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
  if (additionalProperties === false) return known;
  const more = additionalProperties === true ? junk : inner(additionalProperties);
  return fc.tuple(known, fc.dictionary(fc.string({ maxLength: 12 }), more, { maxKeys: 3 })).map(([own, other]) => ({
    ...other,
    ...own,
  }));
}
