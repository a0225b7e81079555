import { z } from "zod";

/** One field of a form, read from the JSON Schema that the API gives; zod's `meta` came along with it. */
export interface FormField {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly kind: "text" | "number" | "boolean" | "choice" | "list" | "map" | "json";
  readonly choices: readonly string[];
  readonly multiline: boolean;
  readonly template: boolean;
  /** The connection's picker to ask. */
  readonly options: string | null;
  readonly advanced: boolean;
  readonly required: boolean;
  readonly initial: unknown;
}

const propertySchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  const: z.string().optional(),
  anyOf: z.array(z.record(z.string(), z.unknown())).optional(),
  items: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.union([z.boolean(), z.record(z.string(), z.unknown())]).optional(),
  default: z.unknown().optional(),
  multiline: z.boolean().optional(),
  template: z.boolean().optional(),
  options: z.string().optional(),
  advanced: z.boolean().optional(),
  hidden: z.boolean().optional(),
});
type Property = z.infer<typeof propertySchema>;

const formSchema = z.looseObject({
  properties: z.record(z.string(), propertySchema).default({}),
  required: z.array(z.string()).default([]),
});

const isNull = (schema: Readonly<Record<string, unknown>>) => schema["type"] === "null";

/** "text or nothing" is drawn as text. */
function plain(property: Property): Property {
  const [only, ...others] = (property.anyOf ?? []).filter((schema) => !isNull(schema));
  if (!only || others.length > 0) return property;
  const read = propertySchema.safeParse(only);
  return read.success ? { ...read.data, ...property, type: read.data.type, enum: read.data.enum } : property;
}

const holdsText = (inner: Property["items"] | boolean): boolean =>
  typeof inner === "object" && inner["type"] === "string";

const kindByType: Readonly<Record<string, (property: Property) => FormField["kind"]>> = {
  string: () => "text",
  boolean: () => "boolean",
  number: () => "number",
  integer: () => "number",
  array: ({ items }) => (holdsText(items) ? "list" : "json"),
  object: ({ additionalProperties }) => (holdsText(additionalProperties) ? "map" : "json"),
};

function kindOf(property: Property): FormField["kind"] {
  const { type, enum: values, anyOf = [] } = property;
  if (values) return "choice";
  const one = Array.isArray(type) ? type.find((name) => name !== "null") : type;
  if (one !== undefined) return kindByType[one]?.(property) ?? "json";
  // A choice of shapes can be typed when one of them is text.
  return anyOf.some(holdsText) ? "text" : "json";
}

function fieldOf(name: string, raw: Property, required: boolean): FormField {
  const property = plain(raw);
  const { title = name, description = null, options = null } = property;
  const { multiline = false, template = false, advanced = false } = property;
  return {
    name,
    title,
    description,
    kind: kindOf(property),
    choices: (property.enum ?? []).filter((value) => value !== null).map(String),
    multiline,
    template,
    options,
    advanced,
    required: required && property.default === undefined,
    initial: property.default,
  };
}

/** In the schema's own order. What is no object schema has no fields. */
export function readFields(schema: Readonly<Record<string, unknown>>): readonly FormField[] {
  const form = formSchema.safeParse(schema);
  if (!form.success) return [];
  const { properties, required } = form.data;
  const shown = Object.entries(properties).filter(([, { hidden }]) => hidden !== true);
  return shown.map(([name, property]) => fieldOf(name, property, required.includes(name)));
}

/** The defaults that the schema names, for a form that nobody has filled in yet. */
export const initialValues = (fields: readonly FormField[]): Record<string, unknown> =>
  Object.fromEntries(fields.filter(({ initial }) => initial !== undefined).map(({ name, initial }) => [name, initial]));
