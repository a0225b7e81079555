import { maskPersonalData } from "./personal-data.js";

type Fields = Readonly<Record<string, unknown>>;

/** The context with these texts masked, before a template cuts one: half an address is not known for an address any more. */
export const maskTyped = (context: Fields, paths: readonly string[], kept: readonly string[]): Fields =>
  paths.reduce<Fields>((masked, path) => maskedAt(masked, path.split("."), kept), context);

function maskedAt(fields: Fields, [name = "", ...rest]: readonly string[], kept: readonly string[]): Fields {
  if (!Object.hasOwn(fields, name)) return fields;
  const value = fields[name];
  if (typeof value === "string" && rest.length === 0) return { ...fields, [name]: maskPersonalData(value, kept) };
  return isFields(value) && rest.length > 0 ? { ...fields, [name]: maskedAt(value, rest, kept) } : fields;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
