import { Liquid, Output, type Template } from "liquidjs";
import { memo } from "./memo.js";
import { templateFilters, text as asText } from "./template-filters.js";
import { readPath } from "./values.js";

/**
 * Text with `{{ fields }}`: Liquid without loops, files or clocks, so that its work is bounded by its length. A field that is
 * missing makes rendering fail, unless the text says what then: `{{ contact.name | default: "our customer" }}` or `{% if … %}`.
 */
export const MAX_TEMPLATE = 10_000;
const MAX_RENDERED = 100_000;
const CACHED = 500;

/** `for` and `capture` are left out: they could multiply a text; includes have no business here. */
const TAGS: ReadonlySet<string> = new Set(["if", "unless", "case", "assign", "comment", "raw", "#"]);

export interface FieldRead {
  readonly path: string;
  /** The template says what happens when the field is missing. */
  readonly guarded: boolean;
}

export interface TemplateProblem {
  readonly code: string;
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export type Rendered =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: string; readonly field: string | null; readonly message: string };

export interface CompiledTemplate {
  readonly ok: true;
  readonly reads: readonly FieldRead[];
  readonly render: (context: Readonly<Record<string, unknown>>) => Rendered;
}
export interface UncompiledTemplate {
  readonly ok: false;
  readonly problems: readonly TemplateProblem[];
}

const liquid = engine();

function engine(): Liquid {
  const made = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    templates: {},
    parseLimit: MAX_TEMPLATE,
    memoryLimit: 1_000_000,
    // In UTC unless the filter names a zone, so that a text does not depend on the host.
    timezoneOffset: 0,
    locale: "en",
    outputEscape: asText,
  });
  for (const name of Object.keys(made.tags)) if (!TAGS.has(name)) Reflect.deleteProperty(made.tags, name);
  for (const name of Object.keys(made.filters)) made.unregisterFilter(name);
  for (const [name, filter] of Object.entries(templateFilters)) made.registerFilter(name, filter);
  return made;
}

export const compileTemplate: (text: string) => CompiledTemplate | UncompiledTemplate = memo(
  CACHED,
  (text: string) => text,
  compileFresh,
);

/** Paths of the fields that a text names; empty while it cannot be parsed. */
export function fieldsOf(template: string): string[] {
  const compiled = compileTemplate(template);
  return compiled.ok ? [...new Set(compiled.reads.map(({ path }) => path))] : [];
}

function compileFresh(text: string): CompiledTemplate | UncompiledTemplate {
  try {
    const parsed = liquid.parse(text);
    const { locals } = liquid.analyzeSync(parsed, { partials: false });
    const reads = readsOf(parsed, new Set()).filter(({ path }) => !Object.hasOwn(locals, rootOf(path)));
    const computed = reads.find(({ path }) => path === COMPUTED);
    if (computed) return { ok: false, problems: [computedName] };
    return { ok: true, reads, render: (context) => render(parsed, reads, context) };
  } catch (error) {
    const { message } = wordsOf(error);
    return { ok: false, problems: [{ code: "template_syntax", message, params: { detail: message } }] };
  }
}

function render(parsed: Template[], reads: readonly FieldRead[], context: Readonly<Record<string, unknown>>): Rendered {
  const missing = reads.find(({ path, guarded }) => !guarded && isMissing(readPath(context, path)));
  if (missing) {
    return {
      ok: false,
      code: "missing_field",
      field: missing.path,
      message: `${missing.path} is missing in this response.`,
    };
  }
  try {
    const text = String(liquid.renderSync(parsed, context));
    if (text.length <= MAX_RENDERED) return { ok: true, text };
    return { ok: false, code: "too_long", field: null, message: "The text is too long." };
  } catch (error) {
    return { ok: false, code: "template_failed", field: null, message: wordsOf(error).message };
  }
}

const rootOf = (path: string): string => path.split(".", 1)[0] ?? path;

const isMissing = (value: unknown): boolean => value === null || value === undefined;

// --- which fields a template reads ------------------------------------------------------------------------------------

const COMPUTED = "";
const computedName: TemplateProblem = {
  code: "computed_field",
  message: "A field is named as it is written, not computed: {{ account.tier }}.",
  params: {},
};

/** `asked`: fields that an `if` around asks for; within it the author has said what happens without them. */
function readsOf(templates: readonly Template[], asked: ReadonlySet<string>): FieldRead[] {
  return templates.flatMap((template) => {
    const own = namesIn([withoutChildren(template)]);
    const children = childrenOf(template);
    const guarded = children.length > 0 || hasDefault(template);
    const reads = own.map((path) => ({ path, guarded: guarded || asked.has(path) }));
    return [...reads, ...readsOf(children, new Set([...asked, ...own]))];
  });
}

const withoutChildren = (template: Template): Template => ({
  token: template.token,
  render: () => undefined,
  arguments: () => template.arguments?.() ?? [],
});

function hasDefault(template: Template): boolean {
  if (template instanceof Output) return template.value.filters.some(({ name }) => name === "default");
  return /\|\s*default\b/.test(template.token.getText());
}

function namesIn(templates: Template[]): string[] {
  const { globals } = liquid.analyzeSync(templates, { partials: false });
  const names = Object.values(globals).flat();
  return names.map(({ segments }) =>
    segments.every((segment) => typeof segment === "string" || typeof segment === "number")
      ? segments.filter((segment) => typeof segment === "string").join(".")
      : COMPUTED,
  );
}

function childrenOf(template: Template): Template[] {
  const children = template.children?.(false, true).next().value;
  return Array.isArray(children) ? children.filter((child): child is Template => isTemplate(child)) : [];
}

const isTemplate = (value: unknown): value is Template =>
  typeof value === "object" && value !== null && "render" in value;

/** Liquid adds ", line:1, col:6"; the place is kept, the rest of its drawing is not. */
function wordsOf(error: unknown): { message: string } {
  const [message = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return { message };
}
