import type { FieldSpec } from "../catalogue.js";
import { readPath } from "../values.js";
import type { StepPreview } from "./told.js";

/** Beside a field's name there is no room for more. */
const MOST = 120;

/** What the event has of each field that may be read. */
export function valuesOf(
  fields: readonly FieldSpec[],
  context: Readonly<Record<string, unknown>>,
): StepPreview["values"] {
  const told = fields.map(({ path }) => [path, short(readPath(context, path))] as const);
  return Object.fromEntries(told.flatMap(([path, value]) => (value === null ? [] : [[path, value]])));
}

function short(value: unknown): string | number | boolean | null {
  if (typeof value === "number" || typeof value === "boolean") return value;
  const text = Array.isArray(value) ? value.map(String).join(", ") : value;
  if (typeof text !== "string" || text === "") return null;
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
