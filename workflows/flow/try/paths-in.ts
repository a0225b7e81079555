import { fieldsOf } from "../template.js";

const PATH = /\b(?:feedback|contact|account|steps|values|run|start)(?:\.\w+)+/g;

/** The fields that a config names: in rows of conditions, in expressions, in texts. */
export const pathsIn = (config: unknown): string[] => [...new Set(walk(config, ""))];

function walk(value: unknown, name: string): string[] {
  if (typeof value === "string") return inText(value, name);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => walk(part, key));
}

function inText(text: string, name: string): string[] {
  if (name === "cel" || name === "field" || name === "expression") return text.match(PATH) ?? [];
  return /\{[{%]/.test(text) ? fieldsOf(text).filter((path) => path !== "now") : [];
}
