import type { ActionSpec } from "./catalogue.js";
import type { ConfigProblem, NodeWorld, TemplateUse } from "./node-type.js";

type Input = Readonly<Record<string, unknown>>;

/** Every template within an action's input: a template field is a string, or a list or map of them. */
export function templatesOf(spec: ActionSpec, input: Input): TemplateUse[] {
  return spec.templateFields.flatMap((field) =>
    stringsIn(input[field], `input.${field}`).map(([path, template]) => ({ field: path, template })),
  );
}

export function renderInput(
  spec: ActionSpec,
  input: Input,
  { render, renderMasked }: Pick<NodeWorld, "render" | "renderMasked">,
): Input {
  const [templates, masked] = [new Set(spec.templateFields), new Set(spec.masks)];
  return Object.fromEntries(
    Object.entries(input).map(([field, value]) => {
      if (!templates.has(field)) return [field, value];
      return [field, mapStrings(value, `input.${field}`, masked.has(field) ? renderMasked : render)];
    }),
  );
}

/** Before rendering, a field that still holds a template is not judged by its raw text. */
export function checkInput(spec: ActionSpec, input: Input, rendered: boolean): ConfigProblem[] {
  const problems = spec.check(input, rendered);
  return problems
    .filter(({ field }) => rendered || !holdsTemplate(spec, input, field))
    .map(({ field, message }) => ({
      field: `input.${field}`,
      code: "invalid_input",
      message,
      params: { field, action: spec.ref },
    }));
}

function holdsTemplate(spec: ActionSpec, input: Input, field: string): boolean {
  const root = field.split(/[.[]/, 1)[0] ?? field;
  if (!spec.templateFields.includes(root)) return false;
  return stringsIn(input[root], root).some(([, text]) => /\{[{%]/.test(text));
}

function stringsIn(value: unknown, path: string): [string, string][] {
  const found: [string, string][] = [];
  mapStrings(value, path, (text, at) => {
    found.push([at, text]);
    return text;
  });
  return found;
}

type Change = (text: string, path: string) => string;

function mapStrings(value: unknown, path: string, change: Change): unknown {
  if (typeof value === "string") return change(value, path);
  if (Array.isArray(value)) return value.map((item, index) => mapStrings(item, `${path}[${index}]`, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapStrings(item, `${path}.${key}`, change)]),
  );
}
