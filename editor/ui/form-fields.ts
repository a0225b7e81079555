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
  default: z.unknown(),
  multiline: z.boolean().optional(),
  template: z.boolean().optional(),
  options: z.string().optional(),
  advanced: z.boolean().optional(),
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

function kindOf({ type, enum: values, items, additionalProperties }: Property): FormField["kind"] {
  if (values) return "choice";
  const one = Array.isArray(type) ? type.find((name) => name !== "null") : type;
  if (one === "boolean") return "boolean";
  if (one === "number" || one === "integer") return "number";
  if (one === "array") return items?.["type"] === "string" ? "list" : "json";
  if (one !== "object") return one === "string" ? "text" : "json";
  return typeof additionalProperties === "object" && additionalProperties["type"] === "string" ? "map" : "json";
}

function fieldOf(name: string, raw: Property, required: boolean): FormField {
  const property = plain(raw);
  const kind = property.anyOf && kindOf(property) === "json" && canBeText(property) ? "text" : kindOf(property);
  return {
    name,
    kind,
    title: property.title ?? name,
    description: property.description ?? null,
    choices: (property.enum ?? []).filter((value) => value !== null).map(String),
    multiline: property.multiline ?? false,
    template: property.template ?? false,
    options: property.options ?? null,
    advanced: property.advanced ?? false,
    required: required && property.default === undefined,
    initial: property.default,
  };
}

const canBeText = ({ anyOf = [] }: Property) => anyOf.some((schema) => schema["type"] === "string");

/** In the schema's own order. What is no object schema has no fields. */
export function readFields(schema: Readonly<Record<string, unknown>>): readonly FormField[] {
  const form = formSchema.safeParse(schema);
  if (!form.success) return [];
  const { properties, required } = form.data;
  return Object.entries(properties).map(([name, property]) => fieldOf(name, property, required.includes(name)));
}

/** The defaults that the schema names, for a form that nobody has filled in yet. */
export const initialValues = (fields: readonly FormField[]): Record<string, unknown> =>
  Object.fromEntries(fields.filter(({ initial }) => initial !== undefined).map(({ name, initial }) => [name, initial]));
